/// Why no complete response came.
package struct CurlError: Error, Sendable, Hashable {
    /// The words of the metrics contract's `reason` that a transfer can fail for.
    package enum Reason: String, Sendable, CaseIterable {
        /// The name of the host, or of the proxy, has no address.
        case dns
        /// No connection was made, the proxy refused one, or it broke: also in the middle of a response, as the place to
        /// look at is the same.
        case connect
        /// The handshake failed, or a certificate is not trusted, on either side.
        case tls
        /// The request's timeout was over; the message says what it interrupted.
        case timeout
        /// The body, or the header, is larger than allowed.
        case tooLarge = "too_large"
        /// What came is not HTTP or does not decompress, the request must not be sent, or the client was shut down.
        case other
    }

    package var reason: Reason
    /// A sentence for people: what failed, against which host, and what to check. Free of headers, query and body.
    package var message: String
    /// libcurl's `CURLcode`, 0 where libcurl was not reached.
    package var curlCode: Int
    /// As far as the transfer got.
    package var timings: TransferTimings
    /// Requests that went out, 0 to 2: none where no connection was made, 2 where a GET was repeated.
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

/// What a transfer was at when its time was over.
enum TransferPhase: Sendable, CaseIterable {
    /// All connections that it may use were busy.
    case waiting
    case resolving
    case connecting
    /// TLS, or the proxy's.
    case handshaking
    case awaitingResponse
    case receiving
}

extension TransferPhase {
    /// Ends a sentence that says that the time was over.
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
