import Settings

/// A token bucket: allows a burst of requests, and one more after each interval.
struct TokenBucket: Sendable {
    private let limit: WebRateLimit
    /// When the bucket is full again; `nil` before the first request.
    private var full: ContinuousClock.Instant?

    init(_ limit: WebRateLimit) {
        self.limit = limit
    }

    /// Whether one more request may pass; if so, it is counted.
    mutating func allows(at now: ContinuousClock.Instant) -> Bool {
        let begin = max(full ?? now, now)
        guard begin - now <= limit.interval * (limit.burst - 1) else { return false }
        full = begin + limit.interval
        return true
    }
}
