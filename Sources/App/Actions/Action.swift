import Exposition
package import KoreAI
package import Model
package import Polling
import Tracking

/// Something that the platform is told to do, and which of its status calls tells how it goes.
package struct Action: Sendable {
    package typealias Kind = StartOrder

    package let kind: Kind
    /// What is asked for its status.
    package let poll: PollTarget

    /// - Parameter bot: Any target of the bot: of it all but the target itself is used.
    package init(_ kind: Kind, of bot: PollTarget) {
        self.kind = kind
        var poll = bot
        poll.target = kind.target(of: bot.target.bot)
        self.poll = poll
    }

    package var bot: String { poll.target.bot }

    /// What it is called in a sentence.
    package var noun: String { kind.noun }
}

extension Action: CustomStringConvertible {
    /// Such as `banking ml en` or `banking export`.
    package var description: String {
        switch kind {
        case .train(let engine, let language): "\(bot) \(engine.rawValue) \(language)"
        case .export: "\(bot) export"
        case .publish: "\(bot) publish"
        }
    }
}

/// How it ended, what was asked of the platform.
package enum ActionOutcome: Sendable, Hashable {
    /// It was accepted, and the command was not told to wait for its end.
    case started
    case done
    /// The platform took the start, and shows a finished model and nothing under way since.
    case doneUnseen
    case failed(ActionFailure)
    /// - Parameter hasStarted: Whether the run goes on at the platform.
    case timedOut(hasStarted: Bool)
    /// The credential or its scope is refused. A start may have been accepted before.
    case refused(APIError)
    /// The budget has nothing left, or the platform's rate limit is reached. Nothing was started.
    case outOfBudget(String)
    /// One runs already, and the command was not told to wait for it. Nothing was started.
    case busy
    /// Nothing was started, as far as anyone can tell.
    case unavailable(APIError)
    /// The export is done, and its file could not be downloaded.
    case noFile(String)
    /// The publish was accepted, and does not begin before an administrator approves it.
    case awaitingApproval
    /// Somebody stopped waiting.
    case interrupted(hasStarted: Bool)
}

extension ActionOutcome {
    /// The one table of outcomes: exit codes of the commands and the words of `--format json`.
    private var row: (exitCode: Int32, word: String) {
        switch self {
        case .started: (0, "started")
        case .done, .doneUnseen: (0, "done")
        case .unavailable: (1, "unavailable")
        case .failed: (2, "failed")
        case .timedOut: (3, "timed_out")
        case .refused(let error): error.reason == .scope ? (5, "refused_scope") : (4, "refused_auth")
        case .outOfBudget: (6, "refused_budget")
        case .busy: (7, "already_running")
        case .noFile: (8, "no_file")
        case .awaitingApproval: (9, "awaiting_approval")
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
        case .doneUnseen:
            "the platform took the start, and shows a finished model and nothing under way: the \(noun) was too short to "
                + "be seen"
        case .failed(let failure): failure.sentence(of: noun)
        case .timedOut(true): "the time to wait is over; the \(noun) goes on at the platform"
        case .timedOut(false): "the time to wait is over; nothing was started"
        case .refused(let error), .unavailable(let error): error.message
        case .outOfBudget(let reason): reason
        case .busy: "already running: nothing started. Use --wait to start yours after it."
        case .awaitingApproval:
            "the \(noun) was requested, and begins when an administrator of the platform approves it"
        case .noFile(let reason): "the export is done, but \(reason)"
        case .interrupted(true): "stopped waiting; the \(noun) goes on at the platform"
        case .interrupted(false): "stopped; nothing was started"
        }
    }
}

/// What became of an action.
package struct ActionReport: Sendable {
    package let action: Action
    package var outcome: ActionOutcome
    /// When the platform accepted the start; `nil` where it did not.
    package var start: Timestamp?
    package var end: Timestamp
    /// How long the run took: as the polls saw it, or the platform tells; `nil` where it has not ended.
    package var duration: Duration?
    /// The platform's id of the run or job, fit to be shown; `nil` where it told none.
    package var id: String?
    /// Why it failed, in the platform's words, fit to be shown.
    package var reason: String?
    /// The file of an export, where it was written.
    package var file: String?
    /// Of that file.
    package var bytes: Int?
}
