package import KoreAI
package import Model
import Tracking

/// What the platform is told to start for a bot.
package enum StartOrder: Sendable, Hashable {
    case train(Engine, language: String)
    case export(BotState, ExportFileType)
    case publish(comment: String, trains: Bool)

    /// What it is called in a sentence.
    package var noun: String {
        switch self {
        case .train: "training"
        case .export: "export"
        case .publish: "publish"
        }
    }

    /// The target whose status tells how it goes. The platform trains the version in development alone.
    package func target(of bot: String) -> Target {
        switch self {
        case .train(let engine, let language):
            .training(bot: bot, engine: engine, language: language, state: .configured)
        case .export: .export(bot: bot)
        case .publish: .publish(bot: bot)
        }
    }
}

/// What an export writes. The raw value is the parameter `type` of the call and the ending of the file's name.
package enum ExportFileType: String, Sendable, Hashable, CaseIterable {
    /// Documented.
    case csv
    /// Taken by the platform as public clients use it.
    case json
}

/// What came of a start through the running exporter.
package enum StartOutcome: Sendable, Hashable {
    /// - Parameter id: The platform's, fit to be shown; `nil` where it told none.
    case started(id: String?)
    /// The last poll showed that one runs. Nothing was sent.
    case alreadyRunning
    /// Not even the reserve of the bot's budget had a request left. Nothing was sent.
    case outOfBudget
    /// The bot is not watched. Nothing was sent.
    case unknownBot
    case failed(APIError)
}

extension KoreAIClient {
    /// Makes the call that starts it. What its reply gives is what the platform calls it.
    ///
    /// - Parameter bot: Any target of the bot: of it all but the target itself is used.
    /// - Throws: `CancellationError`.
    package func start(_ order: StartOrder, of bot: PollTarget) async throws -> APICall<StartReply> {
        switch order {
        case .train(.ml, let language):
            try await startMLTraining(
                of: bot.address,
                language: language,
                credential: bot.credential,
                timeout: bot.timeout
            ).started { StartReply(id: $0.id) }
        case .train(.faq, let language):
            try await startFAQTraining(
                of: bot.address,
                language: language,
                credential: bot.credential,
                timeout: bot.timeout
            ).started { StartReply(id: $0.id) }
        case .export(let state, let fileType):
            try await startMLExport(
                of: bot.address,
                state: state,
                fileType: fileType.rawValue,
                credential: bot.credential,
                timeout: bot.timeout
            ).started { StartReply(id: $0.id) }
        case .publish(let comment, let trains):
            try await startPublish(
                of: bot.address,
                comment: comment,
                trains: trains,
                credential: bot.credential,
                timeout: bot.timeout
            ).started { StartReply(id: $0.id, awaitsApproval: $0.awaitsApproval) }
        }
    }
}

/// What the platform says of a run or job that it took.
package struct StartReply: Sendable, Hashable {
    /// As the platform wrote it; `nil` where it tells none.
    package var id: String?
    /// Whether it does not begin before an administrator approves it.
    package var awaitsApproval = false
}

extension APICall {
    fileprivate func started(_ reply: (Value) -> StartReply) -> APICall<StartReply> {
        APICall<StartReply>(
            endpoint: endpoint,
            code: code,
            duration: duration,
            result: result.map { Decoded(reply($0.value), unrecognized: $0.unrecognized) },
            requests: requests
        )
    }
}
