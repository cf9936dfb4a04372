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

    package init(reason: Reason, message: String, curlCode: Int = 0, timings: TransferTimings = TransferTimings()) {
        self.reason = reason
        self.message = message
        self.curlCode = curlCode
        self.timings = timings
    }
}

extension CurlError: CustomStringConvertible {
    package var description: String { message }
}
