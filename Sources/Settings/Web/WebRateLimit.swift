/// The section `rate_limit`: a token bucket for all requests together.
package struct WebRateLimit: Sendable, Hashable {
    /// One more request is allowed after each. Above zero.
    package var interval: Duration
    /// So many requests may come at once. At least 1.
    package var burst: Int

    package init(interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }
}
