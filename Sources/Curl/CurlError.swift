/// Why no complete response came.
package struct CurlError: Error, Sendable, Hashable {
    /// The words of the metrics contract's `reason` that a transfer can fail for.
    package enum Reason: String, Sendable, CaseIterable {
        case dns
        case connect
        case tls
        case timeout
        case tooLarge = "too_large"
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
