/// What came of one call to the platform.
package struct APICall<Value: Sendable>: Sendable {
    package var endpoint: Endpoint
    /// The HTTP status; 0 where none came.
    package var code: Int
    /// From asking to the last byte, the wait for a free connection included.
    package var duration: Duration
    package var result: Result<Decoded<Value>, APIError>
    /// `nil` where nothing was sent, and of several calls together.
    package var exchange: Exchange?

    package init(
        endpoint: Endpoint,
        code: Int,
        duration: Duration,
        result: Result<Decoded<Value>, APIError>,
        exchange: Exchange? = nil
    ) {
        self.endpoint = endpoint
        self.code = code
        self.duration = duration
        self.result = result
        self.exchange = exchange
    }
}
