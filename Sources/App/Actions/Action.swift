import Exposition
package import KoreAI
package import Model
package import Polling
import Tracking

/// What a command asks the platform to start, and the status call that shows how it goes.
package struct Action: Sendable {
    package typealias Kind = StartOrder

    package let kind: Kind
    /// The target of that status call.
    package let poll: PollTarget

    /// - Parameter bot: Any target of the bot; only its `target` is replaced.
    package init(_ kind: Kind, of bot: PollTarget) {
        self.kind = kind
        var poll = bot
        poll.target = kind.target(of: bot.target.bot)
        self.poll = poll
    }

    package var bot: String { poll.target.bot }

    /// The action as a noun in sentences, such as `training`.
    package var noun: String { kind.noun }
}

extension Action: CustomStringConvertible {
    /// For example `banking ml en` or `banking export`.
    package var description: String {
        switch kind {
        case .train(let engine, let language): "\(bot) \(engine.rawValue) \(language)"
        case .export: "\(bot) export"
        case .publish: "\(bot) publish"
        }
    }
}

/// How an action ended.
package enum ActionOutcome: Sendable, Hashable {
    /// The platform accepted the start, and the command was not told to wait for its end.
    case started
    case done
    /// The platform accepted the start, and since then shows a finished model and nothing under way.
    case doneUnseen
    case failed(ActionFailure)
    /// - Parameter hasStarted: Whether the run goes on at the platform.
    case timedOut(hasStarted: Bool)
    /// The platform refuses the credential or its scope. It may have accepted a start before.
    case refused(APIError)
    /// The budget has nothing left, or the platform's rate limit is reached. Nothing was started.
    case outOfBudget(String)
    /// A run is under way already, and the command was not told to wait for it. Nothing was started.
    case busy
    /// The platform gave no usable reply. As far as is known, nothing was started.
    case unavailable(APIError)
    /// The export is done, but its file could not be downloaded.
    case noFile(String)
    /// The platform accepted the publish, which begins only once an administrator approves it.
    case awaitingApproval
    /// The wait was stopped, by a signal for example.
    case interrupted(hasStarted: Bool)
}

extension ActionOutcome {
    /// The one table of outcomes: exit codes of the commands, and the words of `--format json`.
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

    package var isGood: Bool { exitCode == 0 }

    /// The exit code of several actions: the smallest that is not 0, or 0.
    package static func exitCode(of outcomes: [ActionOutcome]) -> Int32 {
        outcomes.map(\.exitCode).filter { $0 != 0 }.min() ?? 0
    }

    /// A sentence for people, without a full stop and free of secrets.
    ///
    /// - Parameter noun: `training`, `export` or `publish`.
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

/// How an action of a command ended, with what the platform told about it.
package struct ActionReport: Sendable {
    package let action: Action
    package var outcome: ActionOutcome
    /// When the platform accepted the start, or a resumed run was first seen; `nil` where neither happened.
    package var start: Timestamp?
    package var end: Timestamp
    /// How long the run took, as the polls saw it or as the platform tells; `nil` where no run was followed to its end.
    package var duration: Duration?
    /// The platform's id of the run or job, safe to show; `nil` where the platform gave none.
    package var id: String?
    /// Why the run failed, in the platform's words, safe to show.
    package var reason: String?
    /// The path of the export's file, if it was written.
    package var file: String?
    /// The size of that file in bytes.
    package var bytes: Int?
}
