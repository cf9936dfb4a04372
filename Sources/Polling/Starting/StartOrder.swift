package import Archive
package import KoreAI
package import Model
import Tracking

/// A run or job that the platform is told to start for a bot.
package enum StartOrder: Sendable, Hashable {
    case train(Engine, language: String)
    case export(BotState, ExportFileType)
    case publish(comment: String, trains: Bool)

    /// The run's name in a sentence.
    package var noun: String {
        switch self {
        case .train: "training"
        case .export: "export"
        case .publish: "publish"
        }
    }

    /// The target whose status shows the run. The platform trains the version in development alone.
    package func target(of bot: String) -> Target {
        switch self {
        case .train(let engine, let language):
            .training(bot: bot, engine: engine, language: language, state: .configured)
        case .export: .export(bot: bot)
        case .publish: .publish(bot: bot)
        }
    }
}

/// The format of an export's file. The raw value is the parameter `type` of the call and the ending of the file's name.
package enum ExportFileType: String, Sendable, Hashable, CaseIterable {
    /// Documented.
    case csv
    /// Not documented, but public clients use it.
    case json
}

/// The result of a start through the running exporter.
package enum StartOutcome: Sendable, Hashable {
    /// - Parameter id: The platform's id, fit to be shown; `nil` where it told none.
    case started(id: String?)
    /// The last poll showed that one runs. Nothing was sent.
    case alreadyRunning
    /// Not even the reserve of the bot's budget had a request left. Nothing was sent.
    case outOfBudget
    /// The bot is not watched. Nothing was sent.
    case unknownBot
    /// The attempt could not be stored. Nothing was sent.
    case notStored(ArchiveError)
    case failed(APIError)
}

extension KoreAIClient {
    /// Makes the call that starts a run or job.
    ///
    /// - Parameter bot: Any target of the bot: its address, credential and timeout are used.
    /// - Throws: `CancellationError`.
    package func start(_ order: StartOrder, of bot: PollTarget) async throws -> APICall<StartReply> {
        let bot = bot.access
        switch order {
        case .train(.ml, let language):
            return try await startMLTraining(of: bot, language: language).map { StartReply(id: $0.id) }
        case .train(.faq, let language):
            return try await startFAQTraining(of: bot, language: language).map { StartReply(id: $0.id) }
        case .export(let state, let fileType):
            return try await startMLExport(of: bot, state: state, fileType: fileType.rawValue)
                .map { StartReply(id: $0.id) }
        case .publish(let comment, let trains):
            return try await startPublish(of: bot, comment: comment, trains: trains)
                .map { StartReply(id: $0.id, awaitsApproval: $0.awaitsApproval) }
        }
    }
}

/// The platform's reply to a start that it took.
package struct StartReply: Sendable, Hashable {
    /// The id of the run or job, as the platform wrote it; `nil` where it tells none.
    package var id: String?
    /// Whether the publish waits for an administrator's approval.
    package var awaitsApproval = false
}
