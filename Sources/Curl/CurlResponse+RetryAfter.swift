extension CurlResponse {
    /// The most that ``retryAfter(now:)`` gives: one day.
    package static let longestRetryAfter = Duration.seconds(86400)

    /// How long the server asks to stay away, by its `Retry-After` header (RFC 9110, 10.2.3): from zero, which is also
    /// what a date that has passed means, to ``longestRetryAfter``, which anything longer is cut to.
    ///
    /// A date is held against the response's own `Date`, so that a server's clock that differs from ours does no harm.
    ///
    /// - Parameter unixTime: the time now, in seconds since 1970-01-01T00:00:00Z, for a response without `Date`.
    /// - Returns: `nil` without the header, or where it is neither whole seconds nor a date.
    package func retryAfter(now unixTime: Int64) -> Duration? {
        guard let value = header("retry-after") else { return nil }
        if !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard let seconds = Int64(value) else { return Self.longestRetryAfter }
            return min(.seconds(seconds), Self.longestRetryAfter)
        }
        guard let date = HTTPDate(value, now: unixTime) else { return nil }
        let unixTime = header("date").flatMap { HTTPDate($0, now: unixTime)?.unixTime } ?? unixTime
        let (seconds, overflow) = date.unixTime.subtractingReportingOverflow(unixTime)
        if overflow { return unixTime < 0 ? Self.longestRetryAfter : .zero }
        return max(.zero, min(.seconds(seconds), Self.longestRetryAfter))
    }
}
