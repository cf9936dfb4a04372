package import KoreAI
package import Model
package import Polling
import Tracking

/// Decides what to do next for an action, from all replies so far.
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
/// The reply before the start is what a ``StartedRun`` compares later replies with: only a run or job that it did not
/// show is the one that was started.
///
/// The tracker is a value: it takes replies and times as arguments, sends no requests and does not wait.
package struct ActionTracker: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package enum Step: Sendable, Hashable {
        /// Ask for the status at that time, and then call ``looked(_:at:now:)``.
        case look(at: Instant)
        /// Send the request that starts it at that time, and then call ``started(_:id:awaitsApproval:now:)``.
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

    /// Failed status calls in a row before a start, at which it is given up.
    static let mostTries = 3
    /// Replies in a row that must lack a file's link before the wait for it ends.
    static let repliesToBelieve = 3

    let intent: ActionIntent
    let wantsFile: Bool
    /// The time between two polls.
    let interval: Duration
    let deadline: Instant
    var phase = Phase.looking
    var nextTry: Instant
    /// What the replies before the start showed.
    var tracker: TargetTracker
    package internal(set) var update = ActionUpdate.looking
    /// When the platform accepted the start, or when a resumed run was first seen.
    package internal(set) var startedAt: Instant?
    /// Why it is not known whether a start was accepted; `nil` where that is clear.
    var unclearStart: APIError?
    /// Whether the state before the start is unknown.
    var isBlind = false
    /// Failed requests in a row.
    var troubles = 0
    /// Replies in a row about a finished export without a link.
    var emptyLooks = 0
    /// Why nothing could be started so far.
    var obstacle: String?
    /// The last reply about a finished export.
    package internal(set) var export: MLExportReply?
    /// The id of the run or job in the reply to the start, as the platform wrote it.
    package internal(set) var id: String?
    /// Why the run failed, in the platform's words, safe to show.
    package internal(set) var reason: String?
    /// What the replies since the start say of the run.
    package internal(set) var started: StartedRun?

    /// - Parameters:
    ///   - wantsFile: Whether an export is done only once it has a download link.
    ///   - interval: The time between two polls.
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

    /// Whether a run was started or found under way, or a start may have been accepted.
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

    /// Delays the next request: by what the platform asks for, 1 second to 1 hour; otherwise by at most 1 second,
    /// doubled for each failure in a row, up to the interval or 1 minute, whichever is longer.
    mutating func putOff(_ retryAfter: Duration?, now: Instant) {
        let doubled = min(interval, .seconds(1)) * (1 << min(max(0, troubles - 1), 10))
        let longest = max(interval, .seconds(60))
        nextTry = now + (retryAfter.map { min(max($0, .seconds(1)), .seconds(3600)) } ?? min(doubled, longest))
    }

    var soon: Duration { min(interval, .seconds(1)) }
}

/// How much a command asks for.
package enum ActionIntent: Sendable, Hashable {
    /// Start it, if none runs.
    case start
    /// Start it, after any that runs, and wait for its end.
    case startAndWait
    /// Start nothing: wait for the run under way; if there is none, tell how the last one ended.
    case resume
}

/// The state of an action, as it is shown to people.
package enum ActionUpdate: Sendable, Hashable {
    /// The status call before the start is under way.
    case looking
    /// Another run, which must end first, is under way.
    case waitingForOther
    case starting
    /// The platform accepted the start, and has not shown the run yet.
    case accepted
    case queued
    /// - Parameter progress: From 0 to 1, where the platform tells it.
    case running(progress: Double?)
    /// The export is done, and its link has not come yet.
    case awaitingFile
    /// - Parameter of: The size of the whole file in bytes, where it is known.
    case downloading(bytes: Int, of: Int?)
    /// The last request got no usable reply.
    case troubled(APIError.Reason)
    case ended(ActionOutcome)

    /// The update in a few words.
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
    /// Takes in the reply to the request that starts it, or its failure.
    ///
    /// - Parameters:
    ///   - error: Why the platform did not accept it; `nil` where it did.
    ///   - id: The id in the reply, as the platform wrote it.
    ///   - awaitsApproval: Whether it begins only once an administrator approves it, which is not waited for.
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
            // The platform may have accepted it all the same. It must not be sent again, and a status call tells.
            guard intent == .startAndWait else { return end(.unavailable(Self.unclear(error))) }
            accepted(now: now)
            unclearStart = error
        }
    }

    /// Delays the next request because the budget has nothing left.
    ///
    /// - Parameters:
    ///   - reason: A sentence that names the budget and its limits.
    ///   - chance: When the budget may allow a request.
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
