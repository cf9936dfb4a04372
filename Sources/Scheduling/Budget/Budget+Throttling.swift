extension Budget {
    private static let shortestPause: Int64 = 1000
    private static let longestGuess: Int64 = 60_000
    private static let longestPause: Int64 = 3_600_000
    private static let recoveryTime: Int64 = 600_000
    /// The time after which a sum of limits rises. It is longer, as each try costs a refusal where the platform counts the
    /// members together.
    private static let recoveryTimeOfSums: Int64 = 1_800_000
    private static let memoryOfSums: Int64 = 86_400_000

    /// The platform refused a request because of its rate limit.
    ///
    /// We never cross the configured limits, so the platform takes less than these, or another client uses it too. The
    /// limit of the window that was fuller is lowered: a tenth below what the platform had taken, at most halved at
    /// once. That window then has no room until enough of the past has left it. Besides, the budget closes for
    /// `Retry-After` where the platform gives one, else for 1 s, doubled with each further refusal in a row up to 60 s.
    /// After that a single request finds out whether the platform is willing again. Refusals of requests that were in
    /// flight together teach once. Where the limits are a sum, both windows come down to those of a single member: the
    /// platform counts the members together, as it seems, and then it does so in the hour as in the minute.
    ///
    /// Each 10 minutes without a refusal the limits rise by a tenth, up to those configured. So a platform that always
    /// takes less refuses one request now and then, and a passing trouble is forgotten after an hour. A sum of limits rises
    /// more slowly.
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
            minute.countTogether()
            hour.countTogether()
            refusals = min(refusals + 1, 32)
            changedAt = now
            refusedAt = now
        }
        settle(now: now)
        let guess = min(Self.longestGuess, Self.shortestPause << min(refusals - 1, 6))
        let pause = retryAfter.map { min(max($0, Self.shortestPause), Self.longestPause) } ?? guess
        closedUntil = max(closedUntil, now + pause)
        return isFirst
    }

    /// Whether a target's own budget was all but used up when the platform refused a request that it had taken: then it
    /// is the target's requests that were too many, and not those of all that the platform counts with them.
    private var isAllButFull: Bool {
        max(minute.fill(inFlight: inFlight), hour.fill(inFlight: inFlight)) >= 0.9
    }

    /// The platform refused a request that both a target's own budget and the one above it paid for.
    ///
    /// The platform may not count status calls by target, although its documentation can be read so. Where the target had
    /// room, the budget above learns, which the target shares with others.
    ///
    /// - Returns: Whether a limit was lowered.
    static func throttle(own: inout Budget, above: inout Budget, retryAfter: Int64?, now: Int64) -> Bool {
        if own.isAllButFull {
            above.accept(now: now)
            return own.throttle(retryAfter: retryAfter, now: now)
        }
        own.settle(now: now)
        return above.throttle(retryAfter: retryAfter, now: now)
    }

    /// A request came back that was not refused for the rate.
    package mutating func accept(now: Int64) {
        settle(now: now)
        if now >= closedUntil { refusals = 0 }
    }

    /// Raises lowered limits, when nothing was refused for long enough.
    mutating func recover(now: Int64) {
        guard changedAt != .min else { return }
        if limits.members > 1 {
            recoverSum(now: now)
        } else {
            while changedAt != .min, now - changedAt >= Self.recoveryTime {
                minute.raise()
                hour.raise()
                changedAt = isLowered ? changedAt + Self.recoveryTime : .min
            }
        }
    }

    /// A sum rises to what a single member has as other limits do. Above that only the minute is tried, where as much was
    /// asked: a minute that is too full is over soon, and an hour is not. Once the platform has taken half as much again as
    /// from a single member, it does not count the members together; and a day without a refusal makes all forgotten.
    private mutating func recoverSum(now: Int64) {
        if now - refusedAt >= Self.memoryOfSums {
            forget()
            return
        }
        while changedAt != .min, now - changedAt >= Self.recoveryTimeOfSums {
            let isRaised = [minute.raiseToSingle(), hour.raiseToSingle(), minute.raiseAbove(inFlight: inFlight)]
            guard isRaised.contains(true) else { return }
            changedAt += Self.recoveryTimeOfSums
            if minute.isFarAboveSingle { forget() }
        }
    }

    private mutating func forget() {
        minute.forget()
        hour.forget()
        changedAt = .min
    }
}
