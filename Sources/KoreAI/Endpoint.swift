package import Curl
package import Model

/// The platform's calls that this module makes. The raw value is the `endpoint` label of `koreai_api_*`.
package enum Endpoint: String, Sendable, Hashable, CaseIterable {
    case mlTrainStatus = "ml_train_status"
    case faqTrainStatus = "faq_train_status"
    case mlExportStatus = "ml_export_status"
    case publishStatus = "publish_status"
    case mlTrain = "ml_train"
    case faqTrain = "faq_train"
    case mlExport = "ml_export"
    case publish
    case bots
}

extension Collector {
    /// The status call that the collector makes.
    package var endpoint: Endpoint {
        switch self {
        case .mlTraining: .mlTrainStatus
        case .faqTraining: .faqTrainStatus
        case .mlExport: .mlExportStatus
        case .publish: .publishStatus
        }
    }
}

/// The result of one call to the platform.
package struct APICall<Value: Sendable>: Sendable {
    package var endpoint: Endpoint
    /// The HTTP status; 0 where none came.
    package var code: Int
    /// The time from the request to the last byte, the wait for a free connection included.
    package var duration: Duration
    package var result: Result<Decoded<Value>, APIError>
    /// `nil` where nothing was sent, and of several calls together.
    package var exchange: Exchange?
    /// Requests that went out for it: 2 where the first one's connection died before any reply.
    package var requests: Int

    package init(
        endpoint: Endpoint,
        code: Int,
        duration: Duration,
        result: Result<Decoded<Value>, APIError>,
        exchange: Exchange? = nil,
        requests: Int = 1
    ) {
        self.endpoint = endpoint
        self.code = code
        self.duration = duration
        self.result = result
        self.exchange = exchange
        self.requests = requests
    }

    /// This call with another form of its value.
    package func map<Other>(_ change: (Value) -> Other) -> APICall<Other> {
        APICall<Other>(
            endpoint: endpoint,
            code: code,
            duration: duration,
            result: result.map { Decoded(change($0.value), unrecognized: $0.unrecognized) },
            exchange: exchange,
            requests: requests
        )
    }
}

extension Endpoint {
    /// A row of the table of calls.
    package struct Row: Sendable, Hashable {
        package var method: CurlRequest.Method
        /// Path and query behind the base URL, with `{id}` for the bot's id and a name in braces for each parameter.
        package var template: String
        /// The API scope that the credential's app needs, where the platform shows it.
        package var scope: String
        /// The purpose of the call, as the end of a sentence that begins "The call".
        package var purpose: String
    }

    /// The table of calls.
    ///
    /// Source: the platform's pages of these calls; for publishes and the list of bots, the pages of its Admin Console.
    package var row: Row {
        switch self {
        case .mlTrainStatus:
            Row(
                method: .get,
                template: "/api/public/bot/{id}/ml/train/status?language={language}&state={state}",
                scope: "App Builder: Train ML; Admin Console: Test and Train > Train ML",
                purpose: "asks for the status of the ML training"
            )
        case .faqTrainStatus:
            Row(
                method: .get,
                template: "/api/public/bot/{id}/faqs/train/status?language={language}&state={state}",
                scope: "App Builder: Train FAQ; Admin Console: Test and Train > Train FAQ",
                purpose: "asks for the status of the FAQ training"
            )
        case .mlExportStatus:
            Row(
                method: .get,
                template: "/api/public/bot/{id}/mlexport/status",
                scope: "Bot Builder: Utterances Export; Admin Console: Test > Utterances Export and Train",
                purpose: "asks for the latest export of ML utterances"
            )
        case .publishStatus:
            Row(
                method: .get,
                template: "/api/public/bot/{id}/publish/status",
                scope: "Admin Console: Bot Publish > Publish Status",
                purpose: "asks for the latest publish"
            )
        case .mlTrain:
            Row(
                method: .post,
                template: "/api/public/bot/{id}/ml/train",
                scope: "App Builder: Train ML; Admin Console: Test and Train > Train ML",
                purpose: "starts an ML training"
            )
        case .faqTrain:
            Row(
                method: .post,
                template: "/api/public/bot/{id}/faqs/train",
                scope: "App Builder: Train FAQ; Admin Console: Test and Train > Train FAQ",
                purpose: "starts an FAQ training"
            )
        case .mlExport:
            Row(
                method: .post,
                template: "/api/public/bot/{id}/mlexport?state={state}&type={type}",
                scope: "Bot Builder: Utterances Export; Admin Console: Test > Utterances Export and Train",
                purpose: "starts an export of ML utterances"
            )
        case .publish:
            Row(
                method: .post,
                template: "/api/public/bot/{id}/publish",
                scope: "Admin Console: Bot Publish > Publish",
                purpose: "starts a publish"
            )
        case .bots:
            Row(
                method: .get,
                template: "/api/public/bots?offset={offset}&limit={limit}",
                scope: "an app of the admin console with a scope for bots",
                purpose: "lists the account's bots"
            )
        }
    }
}

extension Endpoint {
    /// The URL of a call.
    ///
    /// - Parameters:
    ///   - baseURL: Scheme, host and an optional path prefix; slashes at its end are dropped.
    ///   - id: The id of the bot that the call is about.
    ///   - parameters: A value for each other name in braces of the template. They are percent-encoded.
    package func url(baseURL: String, id: String = "", _ parameters: [String: String]) -> String {
        // As bytes: there is a URL for each poll, and characters cost ten times as much.
        let template = row.template.utf8
        var url: [UInt8] = []
        url.reserveCapacity(baseURL.utf8.count + template.count + 64)
        url += baseURL.utf8
        while url.last == UInt8(ascii: "/") { url.removeLast() }
        var start = template.startIndex
        while let open = template[start...].firstIndex(of: UInt8(ascii: "{")),
            let close = template[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            url += template[start..<open]
            let name = String(Substring(template[template.index(after: open)..<close]))
            url.append(percentEncoding: name == "id" ? id : parameters[name] ?? "")
            start = template.index(after: close)
        }
        url += template[start...]
        return String(decoding: url, as: UTF8.self)
    }

    /// The URL of a call about a bot.
    ///
    /// - Parameter parameters: The parameters beyond the bot's id.
    package func url(of bot: BotAddress, _ parameters: [String: String] = [:]) -> String {
        url(baseURL: bot.baseURL, id: bot.id, parameters)
    }
}
