import KoreAI
import Tracking

/// A target whose trainings succeed when the test says so.
struct Story: Hashable {
    private(set) var tracker: TargetTracker
    private(set) var now = Moment(wall: Timestamp(milliseconds: 1_700_000_000_000), uptime: 5000, boot: 1)
    private var version: Int64 = 1

    init(_ target: Target) {
        tracker = TargetTracker(target)
        _ = poll()
    }

    /// A bot of so many has the number in its name.
    init(bot: Int) {
        self.init(.training(bot: "bot-\(bot)", engine: .ml, language: "en", state: .published))
    }

    var target: Target { tracker.target }

    /// The same story with what the store has of it.
    func with(_ kept: TargetTracker?) -> Story {
        var story = self
        story.tracker = kept ?? TargetTracker(target)
        return story
    }

    /// Goes on by half a minute.
    ///
    /// - Parameter runs: So many ended since the last poll.
    mutating func poll(runs: Int = 0) -> [EndedRun] {
        version += Int64(runs)
        now.wall.milliseconds += 30_000
        now.uptime += 30_000
        let flags = ["sentences", "synonyms", "traits"].map {
            SyncFlag(component: $0, inSync: version.isMultiple(of: 2))
        }
        let reply = MLTrainingReply(status: .finished, syncFlags: flags, nlpVersion: 3, trainVersion: version)
        return tracker.observe(.mlTraining(reply), at: now)
    }
}
