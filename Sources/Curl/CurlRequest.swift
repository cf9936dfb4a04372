/// One HTTP request for ``CurlClient``.
package struct CurlRequest: Sendable {
    package enum Method: String, Sendable {
        /// Sent again by itself where the connection it was sent on turns out to have been closed.
        case get = "GET"
        /// Sent at most once, and so each on a new connection.
        case post = "POST"
    }

    package var method: Method
    /// An absolute `http` or `https` URL. Anything else ends in a ``CurlError`` with reason `other`.
    package var url: String
    /// Sent in this order, an empty value too. Refused before anything is sent: a name that is not a token, a value with a
    /// control character, `Content-Length` and `Transfer-Encoding`, which libcurl writes.
    package var headers: [(name: String, value: String)]
    /// Sent with `Content-Length`; `nil` for none.
    package var body: [UInt8]?
    /// From the moment the request is handed in until its last byte, name look-up and the wait for a free connection
    /// included. Zero or less is over at once; more than 24 days counts as 24 days.
    package var timeout: Duration
    /// The largest body that is accepted, in bytes after decompression.
    package var maxResponseBytes: Int
    /// Gets the body of a response with a status of success as it comes, decompressed, instead of
    /// ``CurlResponse/body``. It is called on the client's thread and holds up all transfers while it works; what it
    /// throws ends the transfer, and ``CurlClient/perform(_:)`` throws it.
    package var sink: Sink?

    package typealias Sink = @Sendable (UnsafeRawBufferPointer) throws -> Void

    package init(
        method: Method = .get,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        timeout: Duration = .seconds(10),
        maxResponseBytes: Int = 1_048_576,
        sink: Sink? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maxResponseBytes = maxResponseBytes
        self.sink = sink
    }
}
