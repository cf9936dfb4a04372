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
