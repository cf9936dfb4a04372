package import Curl
package import Model

/// The platform's calls, typed.
///
/// Each gives an ``APICall`` whatever came, and throws only `CancellationError`.
package final class KoreAIClient: Sendable {
    private let perform: @Sendable (CurlRequest) async throws -> CurlResponse
    private let maxResponseBytes: Int
    /// The executor on which tasks that make calls run best; see ``CurlClient/executor``.
    package let executor: (any TaskExecutor)?

    /// - Parameter maxResponseBytes: The largest reply that is accepted, in bytes after decompression.
    package convenience init(curl: CurlClient, maxResponseBytes: Int = 1_048_576) {
        self.init(maxResponseBytes: maxResponseBytes, executor: curl.executor) { try await curl.perform($0) }
    }

    /// - Parameter perform: Does what ``CurlClient/perform(_:)`` does.
    init(
        maxResponseBytes: Int,
        executor: (any TaskExecutor)? = nil,
        perform: @escaping @Sendable (CurlRequest) async throws -> CurlResponse
    ) {
        self.perform = perform
        self.executor = executor
        self.maxResponseBytes = maxResponseBytes
    }

    /// Makes one call and reads its reply.
    ///
    /// - Parameters:
    ///   - url: The URL with all parameters.
    ///   - headers: The headers beyond `auth`, `accept` and `content-type`.
    ///   - timeout: The longest time of the whole request.
    func call<Reply: PlatformReply>(
        _ endpoint: Endpoint,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        credential: Credential,
        timeout: Duration
    ) async throws -> APICall<Reply> {
        var start = ContinuousClock.now
        var (code, requests) = (0, 1)
        let result: Result<Decoded<Reply>, APIError>
        let method = endpoint.row.method
        var exchange: Exchange?
        do {
            let token = try await credential.token()
            start = .now
            // As far as it is known before there is a response, and where none comes.
            exchange = Exchange(method: method.rawValue, url: url, token: token)
            let response = try await perform(
                CurlRequest(
                    method: method,
                    url: url,
                    headers: [
                        ("auth", token.reveal()), ("accept", "application/json"), ("content-type", "application/json"),
                    ] + headers,
                    body: method == .post ? body : nil,
                    timeout: timeout,
                    maxResponseBytes: maxResponseBytes
                )
            )
            (code, requests) = (response.status, response.requests)
            exchange?.body = response.body
            exchange?.timings = response.timings
            result = HTTPReply(endpoint: endpoint, response: response).result(as: Reply.self)
                .mapError { Self.explained($0, token: token, credential: credential) }
        } catch let error as CancellationError {
            throw error
        } catch let error as CurlError {
            exchange?.timings = error.timings
            requests = error.requests
            result = .failure(APIError(error, endpoint: endpoint))
        } catch let error as APIError {
            result = .failure(error)
        } catch {
            let message = "\(endpoint.rawValue): no token could be had from credential \(credential.name)"
            result = .failure(APIError(reason: .other, code: 0, message: message))
        }
        return APICall(
            endpoint: endpoint,
            code: code,
            duration: ContinuousClock.now - start,
            result: result,
            exchange: exchange,
            requests: requests
        )
    }

    /// Adds whose token it was, and what the token tells about why it was refused. A refused token is dropped, so that
    /// the next call has a new one.
    private static func explained(_ error: APIError, token: Secret, credential: Credential) -> APIError {
        guard error.reason == .auth || error.reason == .scope else { return error }
        var error = error
        error.message += " (credential \(credential.name))"
        guard error.reason == .auth else { return error }
        credential.refused(token)
        if let explanation = credential.explanation(ofRefused: token) { error.message += ". " + explanation }
        return error
    }
}

/// How calls about a bot are made.
package struct BotAccess: Sendable {
    package var address: BotAddress
    package var credential: Credential
    /// The longest time that one request may take.
    package var timeout: Duration

    package init(_ address: BotAddress, credential: Credential, timeout: Duration) {
        self.address = address
        self.credential = credential
        self.timeout = timeout
    }
}

extension KoreAIClient {
    /// `GET …/ml/train/status`
    package func mlTrainingStatus(
        of bot: BotAccess,
        language: String,
        state: BotState
    ) async throws -> APICall<MLTrainingReply> {
        try await call(.mlTrainStatus, of: bot, ["language": language, "state": state.rawValue])
    }

    /// `GET …/faqs/train/status`
    package func faqTrainingStatus(
        of bot: BotAccess,
        language: String,
        state: BotState
    ) async throws -> APICall<FAQTrainingReply> {
        try await call(.faqTrainStatus, of: bot, ["language": language, "state": state.rawValue])
    }

    /// `GET …/mlexport/status`
    package func mlExportStatus(of bot: BotAccess) async throws -> APICall<MLExportReply> {
        try await call(.mlExportStatus, of: bot)
    }

    /// `GET …/publish/status`, for which the credential must be an admin's.
    package func publishStatus(of bot: BotAccess) async throws -> APICall<PublishReply> {
        try await call(.publishStatus, of: bot)
    }

    /// `POST …/ml/train`
    ///
    /// - Parameter language: Goes into the header `bot-language`; without it the platform trains English.
    package func startMLTraining(of bot: BotAccess, language: String?) async throws -> APICall<StartedTraining> {
        try await call(.mlTrain, of: bot, headers: language.map { [(name: "bot-language", value: $0)] } ?? [])
    }

    /// `POST …/faqs/train`
    package func startFAQTraining(of bot: BotAccess, language: String) async throws -> APICall<FAQTrainingReply> {
        try await call(.faqTrain, of: bot, body: "{\"language\":\(JSONString.quoted(language))}")
    }

    /// `POST …/mlexport`
    ///
    /// - Parameter fileType: `csv` is documented.
    package func startMLExport(
        of bot: BotAccess,
        state: BotState = .configured,
        fileType: String = "csv"
    ) async throws -> APICall<MLExportReply> {
        try await call(.mlExport, of: bot, ["state": state.rawValue, "type": fileType])
    }

    /// `POST …/publish`, for which the credential must be an admin's.
    ///
    /// - Parameters:
    ///   - comment: The version's comment, which the platform's history of versions shows.
    ///   - trains: Whether the published version is trained too. Without it intents may not be recognised, says the
    ///     platform's page.
    package func startPublish(
        of bot: BotAccess,
        comment: String,
        trains: Bool
    ) async throws -> APICall<StartedPublish> {
        let body = "{\"versionComment\":\(JSONString.quoted(comment)),\"initiateTraining\":\(trains)}"
        return try await call(.publish, of: bot, body: body)
    }

    private func call<Reply: PlatformReply>(
        _ endpoint: Endpoint,
        of bot: BotAccess,
        _ parameters: [String: String] = [:],
        headers: [(name: String, value: String)] = [],
        body: String = ""
    ) async throws -> APICall<Reply> {
        try await call(
            endpoint,
            url: endpoint.url(of: bot.address, parameters),
            headers: headers,
            body: Array(body.utf8),
            credential: bot.credential,
            timeout: bot.timeout
        )
    }
}

extension Result where Failure == APIError {
    /// Why there is no value; `nil` where there is one.
    package var failure: APIError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
