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
        settle(index, outcome, now: time(now))
        refresh(index)
    }

    /// A poll has ended that was in flight when its target vanished in a reload.
    ///
    /// - Parameter index: The number that its budget has now; `nil` where the budget vanished too.
    package mutating func finishVanished(budget index: Int?, _ outcome: Outcome, now: Instant) {
        inFlight = max(0, inFlight - 1)
        guard let index else { return }
        endCommand(budget: index, outcome, now: now)
    }

    /// The budgets whose limits were lowered since this was last asked, by number and in that order.
    package mutating func takeLowered() -> [Int] {
        defer { lowered = [] }
        return lowered.sorted()
    }

    /// Takes a request out of what is in flight in a lane; the lane has to be refreshed after.
    mutating func settle(_ lane: Int, _ outcome: Outcome, now: Int64) {
        guard lanes.indices.contains(lane) else { return }
        if case .throttled(let retryAfter) = outcome {
            if lanes[lane].budget.throttle(retryAfter: retryAfter.map(Self.floored), now: now) { lowered.insert(lane) }
        } else {
            lanes[lane].budget.accept(now: now)
        }
        // A reply may have closed the budget or made room.
        lanes[lane].regularFrom = .min
        lanes[lane].extraFrom = .min
    }
}
