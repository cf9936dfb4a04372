package import KoreAI
import Tracking

extension KoreAIClient {
    /// Makes the call that starts it.
    ///
    /// - Parameter bot: Any target of the bot: of it all but the target itself is used.
    /// - Throws: `CancellationError`.
    package func start(_ order: StartOrder, of bot: PollTarget) async throws -> APICall<Void> {
        switch order {
        case .train(.ml, let language):
            try await startMLTraining(
                of: bot.address,
                language: language,
                credential: bot.credential,
                timeout: bot.timeout
            ).withoutValue
        case .train(.faq, let language):
            try await startFAQTraining(
                of: bot.address,
                language: language,
                credential: bot.credential,
                timeout: bot.timeout
            ).withoutValue
        case .export(let state, let fileType):
            try await startMLExport(
                of: bot.address,
                state: state,
                fileType: fileType.rawValue,
                credential: bot.credential,
                timeout: bot.timeout
            ).withoutValue
        }
    }
}

extension APICall {
    fileprivate var withoutValue: APICall<Void> {
        APICall<Void>(
            endpoint: endpoint,
            code: code,
            duration: duration,
            result: result.map { Decoded((), unrecognized: $0.unrecognized) }
        )
    }
}
