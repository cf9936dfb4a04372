extension Budget {
    private static let shortestPause: Int64 = 1000
    private static let longestGuess: Int64 = 60_000
    private static let longestPause: Int64 = 3_600_000
    private static let recoveryTime: Int64 = 600_000

    /// The platform refused a request because of its rate limit.
    ///
    /// We never cross the configured limits, so the platform takes less than these, or another client uses it too. The
    /// limit of the window that was fuller is lowered: a tenth below what the platform had taken, at most halved at
    /// once. That window then has no room until enough of the past has left it. Besides, the budget closes for
    /// `Retry-After` where the platform gives one, else for 1 s, doubled with each further refusal in a row up to 60 s.
    /// After that a single request finds out whether the platform is willing again. Refusals of requests that were in
    /// flight together teach once.
    ///
    /// Each 10 minutes without a refusal the limits rise by a tenth, up to those configured. So a platform that always
    /// takes less refuses one request now and then, and a passing trouble is forgotten after an hour.
    ///
    /// - Parameter retryAfter: Milliseconds; taken as at least 1 s and at most 1 h.
    /// - Returns: Whether a limit was lowered.
    @discardableResult
    package mutating func throttle(retryAfter: Int64?, now: Int64) -> Bool {
        let isFirst = now >= closedUntil
        if isFirst {
            if minute.fill(inFlight: inFlight) >= hour.fill(inFlight: inFlight) {
                minute.lower(inFlight: inFlight)
            } else {
                hour.lower(inFlight: inFlight)
            }
            refusals = min(refusals + 1, 32)
            changedAt = now
        }
        settle(now: now)
        let guess = min(Self.longestGuess, Self.shortestPause << min(refusals - 1, 6))
        let pause = retryAfter.map { min(max($0, Self.shortestPause), Self.longestPause) } ?? guess
        closedUntil = max(closedUntil, now + pause)
        return isFirst
    }

    /// A request came back that was not refused for the rate.
    package mutating func accept(now: Int64) {
        settle(now: now)
        if now >= closedUntil { refusals = 0 }
    }

    /// Raises lowered limits, when nothing was refused for long enough.
    mutating func recover(now: Int64) {
        guard changedAt != .min else { return }
        while now - changedAt >= Self.recoveryTime {
            minute.raise()
            hour.raise()
            changedAt += Self.recoveryTime
            if limitsInForce == (limits.perMinute, limits.perHour) {
                changedAt = .min
                return
            }
        }
    }
}
