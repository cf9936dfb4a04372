import Archive
import FoundationEssentials
import KoreAI
import Scheduling
import Tracking

/// A budget in the store, and when it was as it is there.
struct KeptBudget: Codable {
    var budget: SavedBudget
    private var wall: Int64
    private var uptime: Int64
    private var boot: UInt64

    init(budget: SavedBudget, at moment: Moment) {
        self.budget = budget
        wall = moment.wall.milliseconds
        uptime = moment.uptime
        boot = moment.boot
    }

    /// The name of the value in the store.
    static func key(of budget: String) -> String { "budget/" + budget }

    var bytes: [UInt8] {
        (try? JSONEncoder().encode(self)).map { [UInt8]($0) } ?? []
    }

    /// How long ago it was so; zero where the clocks do not tell.
    func away(until now: Moment) -> Duration {
        let then = Moment(wall: Timestamp(milliseconds: wall), uptime: uptime, boot: boot)
        return .milliseconds(now.milliseconds(since: then) ?? 0)
    }
}

extension Kept {
    /// - Returns: `nil` where nothing is kept of it that can be read: then the budget is as good as new.
    func budget(_ name: String) -> KeptBudget? {
        values[KeptBudget.key(of: name)].flatMap { try? JSONDecoder().decode(KeptBudget.self, from: Data($0)) }
    }
}
