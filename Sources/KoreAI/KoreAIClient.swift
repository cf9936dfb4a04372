package import Curl

/// The platform's calls, typed.
///
/// Each gives an ``APICall`` whatever came, and throws only `CancellationError`.
package final class KoreAIClient: Sendable {
    private let curl: CurlClient
    private let maxResponseBytes: Int

    /// - Parameter maxResponseBytes: The largest reply that is accepted, in bytes after decompression.
    package init(curl: CurlClient, maxResponseBytes: Int = 1_048_576) {
        self.curl = curl
        self.maxResponseBytes = maxResponseBytes
    }

    package func mlTrainingStatus(
        of bot: BotAddress, language: String, state: BotState, credential: Credential, timeout: Duration
    ) async throws -> APICall<MLTrainingReply> { throw CancellationError() }

    package func faqTrainingStatus(
        of bot: BotAddress, language: String, state: BotState, credential: Credential, timeout: Duration
    ) async throws -> APICall<FAQTrainingReply> { throw CancellationError() }

    package func mlExportStatus(
        of bot: BotAddress, credential: Credential, timeout: Duration
    ) async throws -> APICall<MLExportReply> { throw CancellationError() }
}
