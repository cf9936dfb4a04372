import Archive
import Exposition
import KoreAI
import Scheduling
import Tracking

/// What is known of a target and of how polling it goes.
///
/// A value: it takes replies and times as arguments and returns what to say of them.
struct PollRecord: Sendable {
    /// What a poll changed that is worth a line in the log.
    enum Turn: Sendable, Hashable {
        /// Polls fail from now on, or for a reason that they have not failed for since they last succeeded.
        case beganToFail(APIError)
        /// Polls succeed again.
        case recovered
    }

    /// What a poll brought to light.
    struct News: Sendable, Hashable {
        var turn: Turn?
        /// Runs or jobs that ended since the last good reply, in their order.
        var ended: [EndedRun] = []
        /// What began, and what drifts, in their order.
        var changes: [TargetChange] = []
        /// When the reply came, where that is all that is new.
        var repeatedAt: Moment?
        /// Values that are not understood and that the log has not seen yet.
        var unrecognized: [UnrecognizedValue] = []
    }

    private static let mostRemembered = 32

    private(set) var tracker: TargetTracker
    /// Of the polls' own series.
    private let labels: [String]
    private let group: SeriesGroup
    private var series = PollSeries()
    /// The polls' own series as they are shown.
    var shown = PollSeries()
    /// Whether the domain series are others than those shown.
    var isStale = false
    /// Why the last poll failed; `nil` where it did not.
    private(set) var error: APIError?
    private var remembered: Set<UnrecognizedValue> = []
    /// Why polls failed since they last succeeded, as the log has been told.
    private var toldReasons: Set<APIError.Reason> = []

    init(_ target: Target) {
        self.init(TargetTracker(target))
    }

    private init(_ tracker: TargetTracker) {
        self.tracker = tracker
        labels = tracker.target.pollLabels
        group = SeriesGroup(labels)
    }

    /// Goes on with what the store kept.
    ///
    /// - Parameter maxAge: How old the last good reply may be for its series to be shown.
    private init(_ kept: TargetTracker, maxAge: Duration, now: Timestamp) {
        self.init(kept)
        series.lastSuccess = kept.lastSuccess
        if let lastSuccess = kept.lastSuccess, lastSuccess.adding(maxAge) <= now { tracker.expire() }
    }

    init(_ target: PollTarget, kept: Kept, now: Timestamp) {
        if let tracker = kept.trackers[target.target], !kept.isOfOtherBot(target) {
            self.init(tracker, maxAge: target.maxAge, now: now)
        } else {
            self.init(target.target)
        }
        isStale = true
    }

    /// The poll that the store knows of, where that is less than an interval ago: there was hardly another one since.
    func keptPoll(of target: PollTarget, now: Moment) -> Schedule.LastPoll? {
        guard let lastSeen = tracker.lastSeen, let ago = now.milliseconds(since: lastSeen) else { return nil }
        let last = Schedule.LastPoll(ago: .milliseconds(ago), wasActive: tracker.standing == .active)
        let interval = last.wasActive ? target.activeInterval : target.pollInterval
        return last.ago < interval ? last : nil
    }

    /// The poll that the store knows of was the last one, and it was good.
    mutating func resume() {
        series.lastAttempt = tracker.lastSuccess
    }

    /// Why the last poll failed; `nil` where it did not.
    var failure: APIError.Reason? { series.failure }

    /// Takes in what came of a poll.
    mutating func finish(_ reply: PollReply, at now: Moment) -> News {
        series.lastAttempt = now.wall
        let before = failure
        switch reply.result {
        case .success(let decoded):
            series.failure = nil
            error = nil
            toldReasons = []
            let known = tracker
            let ended = tracker.observe(decoded.value, at: now)
            let repeatedAt = tracker.repetition(of: known)
            isStale = isStale || repeatedAt == nil && !tracker.showsSame(as: known)
            series.lastSuccess = tracker.lastSuccess
            return News(
                turn: before == nil ? nil : .recovered,
                ended: ended,
                changes: repeatedAt == nil ? tracker.changes(since: known, hasEnded: !ended.isEmpty) : [],
                repeatedAt: repeatedAt,
                unrecognized: firstSeen(decoded.unrecognized)
            )
        case .failure(let error):
            series.failure = error.reason
            self.error = error
            return News(turn: toldReasons.insert(error.reason).inserted ? .beganToFail(error) : nil)
        }
    }

    /// Of these values, the ones that the log has not seen yet; none once it has seen enough of them.
    private mutating func firstSeen(_ values: [UnrecognizedValue]) -> [UnrecognizedValue] {
        values.filter { remembered.count < Self.mostRemembered && remembered.insert($0).inserted }
    }

    /// What there is to tell of it.
    var report: TargetReport {
        TargetReport(
            snapshot: tracker.snapshot,
            failure: error,
            lastAttempt: series.lastAttempt,
            interval: series.interval,
            attention: attention
        )
    }

    /// What of it needs attention.
    var attention: Attention {
        Attention(
            tracker.standing,
            isBlank: tracker.isBlank,
            isFailing: error != nil,
            isDrifting: tracker.driftingComponents > 0
        )
    }

    mutating func setInterval(_ interval: Duration) {
        series.interval = interval
    }

    /// The domain series have become too old to be shown.
    mutating func expire() {
        tracker.expire()
    }

    /// What is to be committed and shown of it now. What it shows of the domain is not stale after.
    mutating func takeChange(number: Int) -> PollChange {
        defer { isStale = false }
        return PollChange(
            target: tracker.target,
            number: number,
            labels: labels,
            group: group,
            series: series,
            shown: shown,
            tracker: isStale ? tracker : nil
        )
    }

    /// All its families without samples.
    func emptyFamilies() -> [FamilySamples] {
        PollSeries.none(in: group) + TargetTracker(tracker.target).families()
    }
}
