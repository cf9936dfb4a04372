package import KoreAI
package import Model
package import Polling
import Tracking

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
/// What the status call tells before the start is what a ``StartedRun`` compares its later replies with: only a run or job
/// that was not there then is the one that was started.
///
/// A value: it takes replies and times as arguments, asks nobody and waits for nothing.
package struct ActionTracker: Sendable {
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
    /// Replies in a row that must lack the link of a file before the wait for it ends.
    static let repliesToBelieve = 3

    let intent: ActionIntent
    let wantsFile: Bool
    /// Between two polls.
    let interval: Duration
    let deadline: Instant
    var phase = Phase.looking
    var nextTry: Instant
    /// What was known before the start.
    var tracker: TargetTracker
    package internal(set) var update = ActionUpdate.looking
    /// When the start was accepted; where one was found running, when that was seen.
    package internal(set) var startedAt: Instant?
    /// Whether a start was sent whose outcome is not known.
    var unclearStart: APIError?
    /// Whether the state before the start is not known.
    var isBlind = false
    /// Failed tries in a row.
    var troubles = 0
    /// Replies in a row that tell of a file without a link.
    var emptyLooks = 0
    /// Why nothing could be started so far.
    var obstacle: String?
    /// The last reply about an export that is done.
    package internal(set) var export: MLExportReply?
    /// What the reply to the start called the run or job, as the platform wrote it.
    package internal(set) var id: String?
    /// Why it failed, in the platform's words, fit to be shown.
    package internal(set) var reason: String?
    /// What the replies since the start say of the run.
    package internal(set) var started: StartedRun?

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
        update = .ended(outcome)
    }

    /// Waits before the next try: double the wait for each in a row, up to the interval, or as long as the platform asks.
    mutating func putOff(_ retryAfter: Duration?, now: Instant) {
        let doubled = min(interval, .seconds(1)) * (1 << min(max(0, troubles - 1), 10))
        let longest = max(interval, .seconds(60))
        nextTry = now + (retryAfter.map { min(max($0, .seconds(1)), .seconds(3600)) } ?? min(doubled, longest))
    }

    var soon: Duration { min(interval, .seconds(1)) }
}

/// How much is asked for.
package enum ActionIntent: Sendable, Hashable {
    /// Start it, if none runs.
    case start
    /// Start it, after any that runs, and wait for its end.
    case startAndWait
    /// Start nothing: wait for the one that runs; where none does, tell how the last one ended.
    case resume
}

/// What can be told of an action at one moment.
package enum ActionUpdate: Sendable, Hashable {
    /// The state before it is being asked for.
    case looking
    /// An older one is waited for.
    case waitingForOther
    case starting
    /// It was accepted; the platform has not shown it yet.
    case accepted
    case queued
    /// - Parameter progress: From 0 to 1, where the platform tells it.
    case running(progress: Double?)
    /// It is done; its link has not come yet.
    case awaitingFile
    /// - Parameter of: The whole file, in bytes, where the server tells it.
    case downloading(bytes: Int, of: Int?)
    /// The platform gives no usable reply for the moment.
    case troubled(APIError.Reason)
    case ended(ActionOutcome)

    /// In a few words.
    package var words: String {
        switch self {
        case .looking: "asks for the state"
        case .waitingForOther: "waits for one that runs already"
        case .starting: "starts"
        case .accepted: "started"
        case .queued: "queued"
        case .running: "in progress"
        case .awaitingFile: "done; waits for the link of its file"
        case .downloading: "downloads the file"
        case .troubled(let reason): "no usable reply (\(reason.rawValue)); tries again"
        case .ended(let outcome): outcome.word.replacing("_", with: " ")
        }
    }
}

extension ActionTracker {
    /// The call that starts it was answered, or not.
    ///
    /// - Parameters:
    ///   - error: Why the platform did not take it.
    ///   - id: What the reply called it, as the platform wrote it.
    ///   - awaitsApproval: Whether it does not begin before an administrator approves it. Whether and when that happens is
    ///     not waited for.
    package mutating func started(
        _ error: APIError?,
        id: String? = nil,
        awaitsApproval: Bool = false,
        now: Instant
    ) {
        guard phase == .starting else { return }
        self.id = id
        guard let error else {
            accepted(now: now)
            if awaitsApproval { end(.awaitingApproval) }
            return
        }
        switch error.reason {
        case .auth, .scope: end(.refused(error))
        case .throttled:
            obstacle = error.message
            if intent == .start { return end(.outOfBudget(error.message)) }
            troubles += 1
            update = .troubled(error.reason)
            putOff(error.retryAfter, now: now)
        case .badRequest, .notFound, .dns, .tls: end(.unavailable(error))
        case .connect, .timeout, .serverError, .malformed, .tooLarge, .other:
            // The platform may have taken it all the same. It must not be sent again, and a status call tells.
            guard intent == .startAndWait else { return end(.unavailable(Self.unclear(error))) }
            accepted(now: now)
            unclearStart = error
        }
    }

    /// There was nothing in the budget for the next request.
    ///
    /// - Parameters:
    ///   - reason: Whose budget, and what it is.
    ///   - chance: When there may be something.
    package mutating func waitForBudget(_ reason: String, until chance: Instant) {
        if !hasStarted { obstacle = reason }
        if intent == .start, !hasStarted { return end(.outOfBudget(reason)) }
        nextTry = max(nextTry, chance)
    }

    private mutating func accepted(now: Instant) {
        startedAt = now
        obstacle = nil
        troubles = 0
        guard intent == .startAndWait else { return end(.started) }
        phase = .following
        started = StartedRun(after: tracker, id: id, isStateKnown: !isBlind)
        update = .accepted
        nextTry = now + soon
    }

    private static func unclear(_ error: APIError) -> APIError {
        var error = error
        error.message += ". It is not known whether it was started: ask with `koreai-exporter status`"
        return error
    }
}
