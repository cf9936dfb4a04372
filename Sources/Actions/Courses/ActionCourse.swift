package import KoreAI
package import Tracking

/// What to do next for an action, from what came of all that was done for it.
///
/// ```
///            idle                     accepted                its end is seen
///  looking ───────▶ starting ──────────────────▶ following ───────────────────▶ ended
///     │                ▲   └ throttled: again        ▲   └ its link is missing ▶ awaiting file ▶ ended
///     │ one runs       │ it has ended                │
///     └──▶ waiting for other                         │
///     └──────────────────────────────────────────────┘ to resume: the one that runs
/// ```
///
/// What the status call tells before the start is what its later replies are compared with, by a ``TargetTracker``: only
/// a run or job that was not there then is the one that was started. A run that ends the same way as the one before,
/// between two polls, cannot always be told from it. A success that nobody saw is never taken for the new one; a failure
/// that stays is, after the settling time.
///
/// A value: it takes replies and times as arguments, asks nobody and waits for nothing.
package struct ActionCourse: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package enum Step: Sendable, Hashable {
        /// Ask for the status at that time. ``looked(_:at:now:)`` has to follow.
        case look(at: Instant)
        /// Make the call that starts it. ``started(_:now:)`` has to follow.
        case start(at: Instant)
        case end(ActionOutcome)
    }

    enum Phase: Sendable, Hashable {
        case looking
        case waitingForOther
        case starting
        case following
        case awaitingFile
        case ended(ActionOutcome)
    }

    /// Times in a row that no usable reply comes before a start, until it is given up.
    static let mostTries = 3
    /// Replies in a row that must show the same state before it is believed against what was expected.
    static let repliesToBelieve = 3
    /// So many intervals after the start it must have shown.
    static let settlingIntervals = 6

    let intent: ActionIntent
    let wantsFile: Bool
    /// Between two polls.
    let interval: Duration
    let deadline: Instant
    var phase = Phase.looking
    var nextTry: Instant
    var tracker: TargetTracker
    package internal(set) var sight = ActionSight.looking
    /// When the start was accepted; where one was found running, when that was seen.
    package internal(set) var startedAt: Instant?
    /// Whether a start was sent of which nobody knows what came of it.
    var unclearStart: APIError?
    /// Whether the state before the start could not be had.
    var isBlind = false
    /// Failed tries in a row.
    var troubles = 0
    /// Replies in a row that show neither the run nor its end.
    var emptyLooks = 0
    var wasSeenActive = false
    /// Why nothing could be started so far.
    var obstacle: String?
    /// The last reply about an export that is done.
    package internal(set) var export: MLExportReply?
    /// The run that ended, as the polls saw it.
    package internal(set) var run: EndedRun?

    /// - Parameters:
    ///   - wantsFile: Whether an export is done only once it has a download link.
    ///   - interval: Between two polls.
    package init(
        _ target: Target,
        intent: ActionIntent,
        wantsFile: Bool = false,
        interval: Duration,
        deadline: Instant,
        now: Instant
    ) {
        tracker = TargetTracker(target)
        self.intent = intent
        self.wantsFile = wantsFile
        self.interval = interval
        self.deadline = deadline
        nextTry = now
    }

    package func step(now: Instant) -> Step {
        if case .ended(let outcome) = phase { return .end(outcome) }
        guard now < deadline else { return .end(outcomeAtDeadline) }
        return phase == .starting ? .start(at: nextTry) : .look(at: nextTry)
    }

    /// Whether a run goes on at the platform, or may.
    package var hasStarted: Bool {
        startedAt != nil || unclearStart != nil
    }

    private var outcomeAtDeadline: ActionOutcome {
        if let export, phase == .awaitingFile { return .noFile(Self.missingLink(of: export)) }
        if let obstacle, !hasStarted { return .outOfBudget(obstacle) }
        return .timedOut(hasStarted: hasStarted)
    }

    static func missingLink(of export: MLExportReply) -> String {
        "the platform gives no download link for it: export again, or look for the file on the platform"
    }

    mutating func end(_ outcome: ActionOutcome) {
        phase = .ended(outcome)
        sight = .ended(outcome)
    }

    /// Waits before the next try: double the wait for each in a row, up to the interval, or as long as the platform asks.
    mutating func putOff(_ retryAfter: Duration?, now: Instant) {
        let doubled = min(interval, .seconds(1)) * (1 << min(max(0, troubles - 1), 10))
        let longest = max(interval, .seconds(60))
        nextTry = now + (retryAfter.map { min(max($0, .seconds(1)), .seconds(3600)) } ?? min(doubled, longest))
    }

    var soon: Duration { min(interval, .seconds(1)) }
}
