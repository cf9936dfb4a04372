import Curl

extension HTTPReply {
    /// Takes what the rules look at from a response.
    init(endpoint: Endpoint, response: CurlResponse) {
        self.init(
            endpoint: endpoint,
            status: response.status,
            contentType: response.header("content-type"),
            body: response.body,
            retryAfter: response.retryAfter(now: Timestamp.now.milliseconds / 1000),
            location: response.header("location")
        )
    }
}
