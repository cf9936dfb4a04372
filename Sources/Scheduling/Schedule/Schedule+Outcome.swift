extension Schedule {
    /// What came of a poll, as far as it matters for the next one.
    package enum Outcome: Sendable, Hashable {
        /// Nothing runs.
        case quiet
        /// A run or job is queued or in progress.
        case active
        /// No usable reply.
        case failed
        /// The credential was refused.
        case refused
        /// The platform's rate limit was reached.
        case throttled(retryAfter: Duration?)
    }
}
