import Settings

/// Lets so many requests pass at once and one more after each interval.
struct TokenBucket: Sendable {
    private let limit: WebRateLimit
    /// When the bucket is full again.
    private var full: ContinuousClock.Instant?

    init(_ limit: WebRateLimit) {
        self.limit = limit
    }

    /// Whether one more may pass; it counts then.
    mutating func allows(at now: ContinuousClock.Instant) -> Bool {
        let begin = max(full ?? now, now)
        guard begin - now <= limit.interval * (limit.burst - 1) else { return false }
        full = begin + limit.interval
        return true
    }
}
