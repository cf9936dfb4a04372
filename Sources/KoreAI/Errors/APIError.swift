package import Curl

/// Why a call gave no usable reply.
package struct APIError: Error, Sendable, Hashable {
    /// The `reason` label of `koreai_api_request_failures_total`.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        case dns
        case connect
        case tls
        case timeout
        /// The token is missing, wrong, expired or for another bot.
        case auth
        /// The token is good, the app lacks the API scope.
        case scope
        case badRequest = "bad_request"
        case notFound = "not_found"
        case throttled
        case serverError = "server_error"
        case malformed
        case tooLarge = "too_large"
        case other
    }

    package var reason: Reason
    /// The HTTP status; 0 where none came.
    package var code: Int
    /// A sentence for the operator: what happened and what to check. Free of secrets.
    package var message: String
    /// How long the platform asks to stay away, where it says so.
    package var retryAfter: Duration?

    package init(reason: Reason, code: Int, message: String, retryAfter: Duration? = nil) {
        self.reason = reason
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }
}

extension APIError: CustomStringConvertible {
    package var description: String { message }
}

extension APIError {
    /// No complete response came.
    package init(_ error: CurlError, endpoint: Endpoint) {
        let reason: Reason =
            switch error.reason {
            case .dns: .dns
            case .connect: .connect
            case .tls: .tls
            case .timeout: .timeout
            case .tooLarge: .tooLarge
            case .other: .other
            }
        self.init(reason: reason, code: 0, message: "\(endpoint.rawValue): \(error.message)")
    }

    /// A response with a status of success whose body says nothing.
    init(_ malformed: MalformedReply, in reply: HTTPReply) {
        let fault =
            switch malformed {
            case .notJSON where reply.isHTML || reply.body.isEmpty: ""
            case .notJSON(let error): " (\(error.expected) expected at byte \(error.offset))"
            case .notAnObject: " (an object expected)"
            case .noKnownField: " (none of the call's documented fields)"
            }
        let advice =
            switch malformed {
            case _ where reply.isHTML:
                "A proxy or a login page answered for the platform: check base_url and http.proxy_url"
            case .noKnownField where reply.endpoint != .bots:
                """
                A bot for which this never ran may be answered so; otherwise check that base_url leads to a Kore.ai \
                platform
                """
            case .noKnownField, .notAnObject, .notJSON:
                "Check that base_url leads to a Kore.ai platform and that no proxy changes its replies"
            }
        self.init(
            reason: .malformed,
            code: reply.status,
            message:
                "\(reply.endpoint.rawValue): HTTP \(reply.status), but not the reply expected: \(reply.bodyInWords)\(fault). \(advice)"
        )
    }
}
