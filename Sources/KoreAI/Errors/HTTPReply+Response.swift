import Curl

extension HTTPReply {
    /// Takes what the rules look at from a response.
    init(endpoint: Endpoint, response: CurlResponse) {
        let sent = response.header("date").flatMap { Timestamp(httpDate: $0) }
        self.init(
            endpoint: endpoint,
            status: response.status,
            contentType: response.header("content-type"),
            body: response.body,
            retryAfter: response.header("retry-after").flatMap {
                RetryAfter.duration($0, sentAt: sent ?? Timestamp.now)
            },
            location: response.header("location")
        )
    }
}
