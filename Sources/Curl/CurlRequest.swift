/// One HTTP request for ``CurlClient``.
package struct CurlRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package var method: Method
    /// An absolute `http` or `https` URL. Anything else ends in a ``CurlError`` with reason `other`.
    package var url: String
    /// Sent in this order. A name or value with a control character is refused before anything is sent.
    package var headers: [(name: String, value: String)]
    /// Sent with `Content-Length`; `nil` for none.
    package var body: [UInt8]?
    /// From the moment the request is handed in until its last byte, name look-up and the wait for a free connection
    /// included.
    package var timeout: Duration
    /// The largest body that is accepted, in bytes after decompression.
    package var maxResponseBytes: Int

    package init(
        method: Method = .get,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        timeout: Duration = .seconds(10),
        maxResponseBytes: Int = 1_048_576
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maxResponseBytes = maxResponseBytes
    }
}
