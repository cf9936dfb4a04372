extension KoreAIClient {
    /// `GET …/ml/train/status`
    package func mlTrainingStatus(
        of bot: BotAddress,
        language: String,
        state: BotState,
        credential: Credential,
        timeout: Duration
    ) async throws -> APICall<MLTrainingReply> {
        let endpoint = Endpoint.mlTrainStatus
        let url = endpoint.url(of: bot, ["language": language, "state": state.rawValue])
        return try await call(endpoint, url: url, credential: credential, timeout: timeout)
    }

    /// `GET …/faqs/train/status`
    package func faqTrainingStatus(
        of bot: BotAddress,
        language: String,
        state: BotState,
        credential: Credential,
        timeout: Duration
    ) async throws -> APICall<FAQTrainingReply> {
        let endpoint = Endpoint.faqTrainStatus
        let url = endpoint.url(of: bot, ["language": language, "state": state.rawValue])
        return try await call(endpoint, url: url, credential: credential, timeout: timeout)
    }

    /// `GET …/mlexport/status`
    package func mlExportStatus(
        of bot: BotAddress,
        credential: Credential,
        timeout: Duration
    ) async throws -> APICall<MLExportReply> {
        let endpoint = Endpoint.mlExportStatus
        return try await call(endpoint, url: endpoint.url(of: bot), credential: credential, timeout: timeout)
    }
}
