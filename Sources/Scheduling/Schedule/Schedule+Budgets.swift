extension Schedule {
    /// How a budget stands now.
    package mutating func report(ofBudget index: Int, now: Instant) -> BudgetReport {
        let now = time(now)
        let remaining = lanes[index].budget.remaining(now: now)
        let limits = lanes[index].budget.limitsInForce
        let configured = lanes[index].budget.limits
        return BudgetReport(
            minuteRemaining: remaining.minute,
            hourRemaining: remaining.hour,
            minuteLimit: limits.minute,
            hourLimit: limits.hour,
            isUntouched: remaining == (configured.perMinute, configured.perHour)
        )
    }

    /// What to keep of a budget over a restart.
    package mutating func saved(budget index: Int, now: Instant) -> SavedBudget {
        lanes[index].budget.saved(now: time(now))
    }

    /// Goes on with a saved budget, before anything is taken from the one that is there.
    ///
    /// - Parameter away: Since it was saved; where that is not sure, the shortest that it can be.
    package mutating func restore(budget index: Int, _ saved: SavedBudget, away: Duration, now: Instant) {
        let limits = lanes[index].budget.limits
        lanes[index].budget = Budget(limits, saved: saved, away: Self.floored(away), now: time(now))
    }

    /// Takes a request for a trigger or a probe out of a budget: it may use the reserve.
    ///
    /// - Returns: Whether it may be made; ``endCommand(budget:_:now:)`` has to follow then.
    package mutating func takeCommand(budget index: Int, now: Instant) -> Bool {
        lanes[index].budget.take(.command, now: time(now))
    }

    /// The request for a trigger or a probe has ended.
    package mutating func endCommand(budget index: Int, _ outcome: Outcome, now: Instant) {
        let now = time(now)
        if case .throttled(let retryAfter) = outcome {
            lanes[index].budget.throttle(retryAfter: retryAfter.map(Self.floored), now: now)
        } else {
            lanes[index].budget.accept(now: now)
        }
    }
}
