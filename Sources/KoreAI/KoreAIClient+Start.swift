extension KoreAIClient {
    /// `POST …/ml/train`
    ///
    /// - Parameter language: Goes into the header `bot-language`; without it the platform trains English.
    package func startMLTraining(
        of bot: BotAddress,
        language: String?,
        credential: Credential,
        timeout: Duration
    ) async throws -> APICall<StartedTraining> {
        let endpoint = Endpoint.mlTrain
        let headers = language.map { [(name: "bot-language", value: $0)] } ?? []
        return try await call(
            endpoint,
            url: endpoint.url(of: bot),
            headers: headers,
            credential: credential,
            timeout: timeout
        )
    }

    /// `POST …/faqs/train`
    package func startFAQTraining(
        of bot: BotAddress,
        language: String,
        credential: Credential,
        timeout: Duration
    ) async throws -> APICall<FAQTrainingReply> {
        let endpoint = Endpoint.faqTrain
        let body = Array("{\"language\":\(language.quotedJSON)}".utf8)
        return try await call(
            endpoint,
            url: endpoint.url(of: bot),
            body: body,
            credential: credential,
            timeout: timeout
        )
    }

    /// `POST …/mlexport`
    ///
    /// - Parameter fileType: `csv` is documented.
    package func startMLExport(
        of bot: BotAddress,
        state: BotState = .configured,
        fileType: String = "csv",
        credential: Credential,
        timeout: Duration
    ) async throws -> APICall<MLExportReply> {
        let endpoint = Endpoint.mlExport
        let url = endpoint.url(of: bot, ["state": state.rawValue, "type": fileType])
        return try await call(endpoint, url: url, credential: credential, timeout: timeout)
    }
}

extension String {
    /// As a string of JSON, quotes included.
    fileprivate var quotedJSON: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{0}"..."\u{1F}":
                quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
