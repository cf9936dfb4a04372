import Exposition
import KoreAI
import Tracking

/// What is known of a target and of how polling it goes.
///
/// A value: it takes replies and times as arguments and returns what to say of them.
struct PollRecord: Sendable {
    /// What a poll changed that is worth a line in the log.
    enum Turn: Sendable, Hashable {
        /// Polls fail from now on, or for another reason than before.
        case beganToFail(APIError)
        /// Polls succeed again.
        case recovered
    }

    /// What a poll brought to light.
    struct News: Sendable, Hashable {
        var turn: Turn?
        /// Runs or jobs that ended since the last good reply, in their order.
        var ended: [EndedRun] = []
        /// Values that are not understood and that the log has not seen yet.
        var unrecognized: [UnrecognizedValue] = []
    }

    private static let mostRemembered = 32

    private(set) var tracker: TargetTracker
    private var lastAttempt: Timestamp?
    /// Why the last poll failed; `nil` where it did not.
    private(set) var failure: APIError.Reason?
    private var interval: Duration?
    private var remembered: Set<UnrecognizedValue> = []

    init(_ target: Target) {
        tracker = TargetTracker(target)
    }

    /// Takes in what came of a poll.
    mutating func finish(_ reply: PollReply, at now: Moment) -> News {
        lastAttempt = now.wall
        let before = failure
        switch reply.result {
        case .success(let decoded):
            failure = nil
            return News(
                turn: before == nil ? nil : .recovered,
                ended: tracker.observe(decoded.value, at: now),
                unrecognized: firstSeen(decoded.unrecognized)
            )
        case .failure(let error):
            failure = error.reason
            return News(turn: before == error.reason ? nil : .beganToFail(error))
        }
    }

    /// Of these values, the ones that the log has not seen yet; none once it has seen enough of them.
    private mutating func firstSeen(_ values: [UnrecognizedValue]) -> [UnrecognizedValue] {
        values.filter { remembered.count < Self.mostRemembered && remembered.insert($0).inserted }
    }

    mutating func setInterval(_ interval: Duration) {
        self.interval = interval
    }

    /// The domain series have become too old to be shown.
    mutating func expire() {
        tracker.expire()
    }

    /// All series of the target.
    func families() -> [FamilySamples] {
        let labels = tracker.target.pollLabels
        let group = SeriesGroup(labels)
        func series(_ family: MetricFamily, _ value: Double?) -> FamilySamples {
            FamilySamples(family, group: group, value.map { [Sample(labels, number: $0)] } ?? [])
        }
        return tracker.families() + [
            series(PollFamilies.up, lastAttempt.map { _ in failure == nil ? 1 : 0 }),
            series(PollFamilies.lastAttempt, lastAttempt?.seconds),
            series(PollFamilies.lastSuccess, tracker.lastSuccess?.seconds),
            series(PollFamilies.interval, interval.map { $0 / .seconds(1) }),
        ]
    }
}
