import Archive
import KoreAI
import Scheduling
import Tracking

/// A budget in the store, and when it was as it is there.
struct KeptBudget: Hashable {
    let budget: SavedBudget
    private let moment: Moment

    init(budget: SavedBudget, at moment: Moment) {
        self.budget = budget
        self.moment = moment
    }

    /// The name of the value in the store.
    static func key(of budget: String) -> String { "budget/" + budget }

    /// - Throws: Where the bytes are not those that ``bytes`` were.
    init(_ bytes: [UInt8]) throws(StoredFormError) {
        var moment = Moment(wall: Timestamp(milliseconds: 0), uptime: 0, boot: 0)
        var budget = SavedBudget()
        var reader = try FieldReader(sealed: bytes)
        while let field = try reader.next() {
            switch field.number {
            case 1: moment.wall = try field.timestamp()
            case 2: moment.uptime = try field.int64()
            case 3: moment.boot = try field.fixed()
            case 4: budget.minute = Self.entries(try field.message().packedIntegers())
            case 5: budget.hour = Self.entries(try field.message().packedIntegers())
            case 6: budget.learnedPerMinute = try field.double()
            case 7: budget.learnedPerHour = try field.double()
            case 8: budget.closedFor = try field.int64()
            default: break
            }
        }
        self.init(budget: budget, at: moment)
    }

    var bytes: [UInt8] {
        var writer = FieldWriter()
        writer.write(1, moment.wall)
        writer.write(2, moment.uptime)
        writer.write(3, fixed: moment.boot)
        writer.write(4, packed: Self.numbers(budget.minute))
        writer.write(5, packed: Self.numbers(budget.hour))
        writer.write(6, budget.learnedPerMinute)
        writer.write(7, budget.learnedPerHour)
        writer.write(8, budget.closedFor)
        return writer.sealed()
    }

    private static func numbers(_ entries: [SavedBudget.Entry]) -> [UInt64] {
        entries.flatMap { [UInt64(bitPattern: $0.age), UInt64(bitPattern: Int64($0.count))] }
    }

    private static func entries(_ numbers: [UInt64]) -> [SavedBudget.Entry] {
        stride(from: 0, to: numbers.count - 1, by: 2).map { index in
            let count = Int(truncatingIfNeeded: numbers[index + 1])
            return SavedBudget.Entry(age: Int64(bitPattern: numbers[index]), count: count)
        }
    }

    /// How long ago it was so; zero where the clocks do not tell.
    func away(until now: Moment) -> Duration {
        .milliseconds(now.milliseconds(since: moment) ?? 0)
    }
}

extension Kept {
    /// - Returns: `nil` where nothing is kept of it that can be read: then the budget is as good as new.
    func budget(_ name: String) -> KeptBudget? {
        values[KeptBudget.key(of: name)].flatMap { try? KeptBudget($0) }
    }
}
