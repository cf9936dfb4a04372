/// The failure of a request that got no complete response.
package struct CurlError: Error, Sendable, Hashable {
    /// The values of the `reason` label of metrics that a failed transfer can have.
    package enum Reason: String, Sendable, CaseIterable {
        /// The name of the host, or of the proxy, has no address.
        case dns
        /// No connection was made, the proxy refused one, or it broke. Also if it broke in the middle of a response,
        /// because the place to look at is the same.
        case connect
        /// The handshake failed, or a certificate is not trusted, on either side.
        case tls
        /// The request's timeout passed; the message says in which phase.
        case timeout
        /// The body, or the header, is larger than allowed.
        case tooLarge = "too_large"
        /// The response is not HTTP or cannot be decompressed, the request must not be sent, or the client was shut
        /// down.
        case other
    }

    package var reason: Reason
    /// A sentence for people: what failed, against which host, and what to check. It has no headers, query or body.
    package var message: String
    /// libcurl's `CURLcode`; 0 if the failure is not one of libcurl's.
    package var curlCode: Int
    /// The times of the phases that the transfer reached.
    package var timings: TransferTimings
    /// How many requests were sent, 0 to 2: 0 if no connection was made, 2 if a GET was repeated.
    package var requests: Int

    package init(
        reason: Reason,
        message: String,
        curlCode: Int = 0,
        timings: TransferTimings = TransferTimings(),
        requests: Int = 0
    ) {
        self.reason = reason
        self.message = message
        self.curlCode = curlCode
        self.timings = timings
        self.requests = requests
    }
}

extension CurlError: CustomStringConvertible {
    package var description: String { message }
}

extension CurlError {
    static let shutDown = CurlError(reason: .other, message: "the HTTP client has been shut down")
}

/// The phase that a transfer was in when its timeout passed.
enum TransferPhase: Sendable, CaseIterable {
    /// All connections that the request may use were busy.
    case waiting
    case resolving
    case connecting
    /// The handshake of TLS, or that of the proxy.
    case handshaking
    case awaitingResponse
    case receiving
}

extension TransferPhase {
    /// The end of a sentence such as "the timeout of 10 seconds was over …".
    var description: String {
        switch self {
        case .waiting: "while it waited for a free connection"
        case .resolving: "while its name was looked up"
        case .connecting: "while the connection was made"
        case .handshaking: "during the handshake"
        case .awaitingResponse: "after the request was sent and before the response began"
        case .receiving: "in the middle of the response"
        }
    }

    /// What to check or change, as an imperative.
    var advice: String {
        switch self {
        case .waiting: "raise the limit of connections to a host, or ask less often"
        case .resolving: "check the DNS of this machine"
        case .connecting: "check the host, the port, and whether a firewall drops packets or a proxy is needed"
        case .handshaking: "check that the scheme, http or https, fits the port, and the proxy"
        case .awaitingResponse, .receiving: "check the load of the server, or raise the timeout"
        }
    }
}
