package import KoreAI

/// How it ended, what was asked of the platform.
package enum ActionOutcome: Sendable, Hashable {
    /// It was accepted, and nobody asked to wait for its end.
    case started
    case done
    case failed(ActionFailure)
    /// - Parameter hasStarted: Whether the run goes on at the platform.
    case timedOut(hasStarted: Bool)
    /// The credential or its scope is refused. A start may have been accepted before.
    case refused(APIError)
    /// The budget has nothing left, or the platform's rate limit is reached. Nothing was started.
    case outOfBudget(String)
    /// One runs already, and nobody asked to wait for it. Nothing was started.
    case busy
    /// Nothing was started, as far as anyone can tell.
    case unavailable(APIError)
    /// The export is done, and its file could not be had.
    case noFile(String)
    /// Somebody stopped waiting.
    case interrupted(hasStarted: Bool)
}

extension ActionOutcome {
    /// The one table of outcomes: exit codes of the commands and the words of `--format json`.
    private var row: (exitCode: Int32, word: String) {
        switch self {
        case .started: (0, "started")
        case .done: (0, "done")
        case .unavailable: (1, "unavailable")
        case .failed: (2, "failed")
        case .timedOut: (3, "timed_out")
        case .refused(let error): error.reason == .scope ? (5, "refused_scope") : (4, "refused_auth")
        case .outOfBudget: (6, "refused_budget")
        case .busy: (7, "already_running")
        case .noFile: (8, "no_file")
        case .interrupted: (130, "interrupted")
        }
    }

    package var exitCode: Int32 { row.exitCode }

    package var word: String { row.word }

    /// Whether nothing is wrong.
    package var isGood: Bool { exitCode == 0 }

    /// The exit code of several: that of the first row of the table that is not 0.
    package static func exitCode(of outcomes: [ActionOutcome]) -> Int32 {
        outcomes.map(\.exitCode).filter { $0 != 0 }.min() ?? 0
    }

    /// A sentence for people, without a stop; free of secrets.
    ///
    /// - Parameter noun: `training` or `export`.
    package func sentence(of noun: String) -> String {
        switch self {
        case .started: "the \(noun) was started"
        case .done: "the \(noun) is done"
        case .failed(let failure): failure.sentence(of: noun)
        case .timedOut(true): "the time to wait is over; the \(noun) goes on at the platform"
        case .timedOut(false): "the time to wait is over; nothing was started"
        case .refused(let error), .unavailable(let error): error.message
        case .outOfBudget(let reason): reason
        case .busy: "one runs already, so nothing was started; with --wait yours is started when that one has ended"
        case .noFile(let reason): "the export is done, but \(reason)"
        case .interrupted(true): "stopped waiting; the \(noun) goes on at the platform"
        case .interrupted(false): "stopped; nothing was started"
        }
    }
}
