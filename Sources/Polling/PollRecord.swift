import Archive
import Exposition
import KoreAI
import Model
import Scheduling
import Tracking

/// A target's tracker, and the state of polling the target.
///
/// A value: it takes replies and times as arguments and returns what to say of them.
struct PollRecord: Sendable {
    /// A change between polls that fail and polls that succeed.
    enum FailureChange: Sendable, Hashable {
        /// Polls fail from now on, or for a reason that they have not failed for since they last succeeded.
        case beganToFail(APIError)
        /// Polls succeed again.
        case recovered
    }

    /// The news that a poll brought.
    struct News: Sendable, Hashable {
        var failureChange: FailureChange?
        /// Runs or jobs that ended since the last good reply, in their order.
        var ended: [EndedRun] = []
        /// The runs and drifts that began, and the drifts that ended, in their order.
        var changes: [TargetChange] = []
        /// When the reply came, where that is all that is new.
        var repeatedAt: ClockReading?
        /// Values that are not understood and that the log has not seen yet.
        var unrecognized: [UnrecognizedValue] = []
        /// The action of the exporter that ended.
        var action: ActionEntry?
        /// Sync flags that are not followed, because there is no place for them.
        var unplaced: [UnrecognizedValue] = []
    }

    private static let mostRemembered = 32

    private(set) var tracker: TargetTracker
    /// The label values of the polls' own series.
    private let labels: [String]
    private let group: SeriesGroup
    private var series = PollSeries()
    /// The polls' own series as they are shown.
    var shown = PollSeries()
    /// Whether the domain series are others than those shown.
    var isStale = false
    /// Whether all that is known is what the store kept.
    private var isStored = false
    /// The run that the exporter started by itself and that was not seen to end yet.
    private var followedStart: FollowedStart?
    /// Why the last poll failed; `nil` where it did not.
    private(set) var error: APIError?
    private var remembered: Set<UnrecognizedValue> = []
    /// Why polls failed since they last succeeded, as the log has been told.
    private var loggedReasons: Set<APIError.Reason> = []

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
    private init(_ stored: TargetTracker, maxAge: Duration, now: Timestamp) {
        self.init(stored)
        series.lastSuccess = stored.lastSuccess
        if let lastSuccess = stored.lastSuccess, lastSuccess.adding(maxAge) <= now { tracker.expire() }
    }

    init(_ target: PollTarget, loaded: LoadedState, now: Timestamp) {
        if let tracker = loaded.trackers[target.target], !loaded.isOfOtherBot(target) {
            self.init(tracker, maxAge: target.maxAge, now: now)
            isStored = true
        } else {
            self.init(target.target)
        }
        isStale = true
    }

    /// The poll that the store knows of, where that is less than an interval ago: there was hardly another one since.
    func storedPoll(of target: PollTarget, now: ClockReading) -> Schedule.LastPoll? {
        guard let lastSeen = tracker.lastSeen, let ago = now.milliseconds(since: lastSeen) else { return nil }
        let last = Schedule.LastPoll(ago: .milliseconds(ago), wasActive: tracker.health == .active)
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
    mutating func finish(_ reply: PollReply, at now: ClockReading) -> News {
        series.lastAttempt = now.wall
        let before = failure
        switch reply.result {
        case .success(let decoded):
            series.failure = nil
            error = nil
            loggedReasons = []
            let known = tracker
            let ended = tracker.observe(decoded.value, at: now)
            let repeatedAt = tracker.repetition(of: known)
            isStale = isStale || repeatedAt == nil && !tracker.showsSame(as: known)
            series.lastSuccess = tracker.lastSuccess
            let unplaced = tracker.flagsWithoutPlace(in: decoded.value)
            return News(
                failureChange: before == nil ? nil : .recovered,
                ended: ended,
                changes: repeatedAt == nil ? tracker.changes(since: known, hasEnded: !ended.isEmpty) : [],
                repeatedAt: repeatedAt,
                unrecognized: firstSeen(decoded.unrecognized + unplaced),
                action: actionThatEnded(with: decoded.value, at: now),
                unplaced: unplaced
            )
        case .failure(let error):
            series.failure = error.reason
            self.error = error
            return News(failureChange: loggedReasons.insert(error.reason).inserted ? .beganToFail(error) : nil)
        }
    }

    /// The platform took a training that was started through here.
    ///
    /// - Parameter id: Fit to be shown.
    mutating func started(id: String) {
        tracker.started(id: id)
    }

    /// The platform took a start of this target.
    mutating func follow(_ started: FollowedStart) {
        followedStart = started
    }

    private mutating func actionThatEnded(with reply: Observation, at now: ClockReading) -> ActionEntry? {
        let ended = followedStart?.observe(reply, at: now)
        if ended != nil { followedStart = nil }
        return ended
    }

    /// The values that the log has not seen yet; none once it has seen enough of them.
    private mutating func firstSeen(_ values: [UnrecognizedValue]) -> [UnrecognizedValue] {
        values.filter { remembered.count < Self.mostRemembered && remembered.insert($0).inserted }
    }

    /// The target's report for pages and the API.
    var report: TargetReport {
        var report = tracker.report
        report.attention = attention
        report.failure = error.map { TargetReport.Failure(reason: $0.reason.rawValue, message: $0.message) }
        report.lastAttempt = series.lastAttempt
        report.interval = series.interval
        return report
    }

    var attention: Attention {
        Attention(
            tracker.health,
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

    /// The stored series, which may be shown before anything is committed; none where a poll has come since.
    mutating func takeStored() -> [FamilySamples] {
        guard isStored else { return [] }
        defer { (shown, isStale) = (series, false) }
        return series.families(of: labels, in: group, since: shown) + tracker.families()
    }

    /// Takes the change that is to be committed and shown now. The domain series are not stale after that.
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

extension Attention {
    /// - Parameter isBlank: Whether the platform says that nothing of the kind ever ran, which is no trouble.
    fileprivate init(_ health: Health, isBlank: Bool, isFailing: Bool, isDrifting: Bool) {
        self =
            switch health {
            case .failed: .failed
            case _ where isFailing: .unreachable
            case _ where isDrifting: .drifting
            case .unknown: isBlank ? .fine : .unknown
            case .active: .active
            case .fine: .fine
            }
    }
}
