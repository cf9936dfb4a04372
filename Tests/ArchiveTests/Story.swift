import KoreAI
import Model
import Tracking

/// A target whose trainings succeed when the test says so.
struct Story: Hashable {
    private(set) var tracker: TargetTracker
    private(set) var now = ClockReading(wall: Timestamp(milliseconds: 1_700_000_000_000), uptime: 5000, boot: 1)
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
    func with(_ loaded: TargetTracker?) -> Story {
        var story = self
        story.tracker = loaded ?? TargetTracker(target)
        return story
    }

    /// Goes on by half a minute.
    ///
    /// - Parameter runs: So many ended since the last poll, each of them seen by a poll of its own.
    mutating func poll(runs: Int = 0) -> [EndedRun] {
        let polls = max(1, runs)
        return (0..<polls).flatMap { _ in
            version += runs > 0 ? 1 : 0
            now.wall.milliseconds += 30_000 / Int64(polls)
            now.uptime += 30_000 / Int64(polls)
            let flags = ["sentences", "synonyms", "traits"].map {
                SyncFlag(component: $0, inSync: version.isMultiple(of: 2))
            }
            let reply = MLTrainingReply(status: .finished, syncFlags: flags, nlpVersion: 3, trainVersion: version)
            return tracker.observe(.mlTraining(reply), at: now)
        }
    }
}
