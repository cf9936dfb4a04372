extension Schedule {
    /// What is left of a budget. Where its targets have budgets of their own: of the one of which the least is left.
    package func report(ofBudget index: Int, now: Instant) -> BudgetReport {
        let now = time(now)
        var report = lanes[index].budget.report(now: now)
        guard !own.isEmpty, let limitsOfTarget else { return report }
        // The sum of the targets' limits says nothing before the platform has shown that it counts them together.
        if !lanes[index].budget.minute.isLowered {
            report.minuteLimit = limitsOfTarget.perMinute
            report.minuteRemaining = min(report.minuteRemaining, limitsOfTarget.perMinute)
        }
        if !lanes[index].budget.hour.isLowered {
            report.hourLimit = limitsOfTarget.perHour
            report.hourRemaining = min(report.hourRemaining, limitsOfTarget.perHour)
        }
        for target in lanes[index].members { report = report.scarcest(own[Int(target)].report(now: now)) }
        return report
    }

    /// A budget in the form that is kept over a restart.
    package func saved(budget index: Int, now: Instant) -> SavedBudget {
        lanes[index].budget.saved(now: time(now))
    }

    /// Goes on with a saved budget, before anything is taken from the one that is there.
    ///
    /// - Parameter away: The time since it was saved; where that is not sure, the shortest that it can be.
    package mutating func restore(budget index: Int, _ saved: SavedBudget, away: Duration, now: Instant) {
        let limits = lanes[index].budget.limits
        lanes[index].budget = Budget(limits, saved: saved, away: Self.floored(away), now: time(now))
    }

    /// Whether targets have budgets of their own.
    package var hasOwnBudgets: Bool { !own.isEmpty }

    /// What is left of the budget that is to be saved after a target was asked: its own, where it has one.
    package func report(ofTarget target: Int, now: Instant) -> BudgetReport {
        guard own.indices.contains(target) else { return report(ofBudget: Int(targets[target].lane), now: now) }
        return own[target].report(now: time(now))
    }

    /// A target's own budget in the form that is kept over a restart; `nil` where it has none.
    package func saved(target: Int, now: Instant) -> SavedBudget? {
        own.indices.contains(target) ? own[target].saved(now: time(now)) : nil
    }

    /// Goes on with a target's own budget, before anything is taken from the one that is there.
    package mutating func restore(target: Int, _ saved: SavedBudget, away: Duration, now: Instant) {
        guard let limitsOfTarget, own.indices.contains(target) else { return }
        own[target] = Budget(limitsOfTarget, saved: saved, away: Self.floored(away), now: time(now))
    }

    /// Whether the platform has shown that it takes less for a budget's targets together than for each of them.
    package func isLowered(budget index: Int) -> Bool {
        lanes[index].budget.isLowered
    }

    /// Counts a status call that another program made, or that went out again unasked.
    ///
    /// - Parameters:
    ///   - index: The number of its budget.
    ///   - target: Its number; `nil` where it is not known.
    ///   - ago: The time since it was made.
    package mutating func add(requestOf index: Int, target: Int?, ago: Duration, now: Instant) {
        let now = time(now)
        let made = now - Self.floored(max(.zero, ago))
        lanes[index].budget.add(requestMadeAt: made, now: now)
        if let target, own.indices.contains(target) { own[target].add(requestMadeAt: made, now: now) }
    }

    /// A poll has ended that was in flight when its target vanished in a reload.
    ///
    /// - Parameter index: The number that its budget has now; `nil` where the budget vanished too.
    package mutating func finishVanished(budget index: Int?, _ outcome: Outcome, now: Instant) {
        inFlight = max(0, inFlight - 1)
        guard let index else { return }
        settle(index, of: nil, outcome, now: time(now))
        refresh(index)
    }

    /// The budgets whose limits were lowered since this was last asked, by number and in that order.
    package mutating func takeLowered() -> [Int] {
        defer { lowered = [] }
        return lowered.sorted()
    }

    /// Takes a request out of what is in flight in a lane; the lane has to be refreshed after.
    ///
    /// - Parameter target: The target that was asked; `nil` for one that is gone.
    mutating func settle(_ lane: Int, of target: Int?, _ outcome: Outcome, now: Int64) {
        let own = target.flatMap { self.own.indices.contains($0) ? $0 : nil }
        guard lanes.indices.contains(lane) else {
            if let own { self.own[own].accept(now: now) }
            return
        }
        if case .throttled(let retryAfter) = outcome {
            let pause = retryAfter.map(Self.floored)
            let wasLowered =
                if let own {
                    Budget.throttle(own: &self.own[own], above: &lanes[lane].budget, retryAfter: pause, now: now)
                } else {
                    lanes[lane].budget.throttle(retryAfter: pause, now: now)
                }
            if wasLowered { lowered.insert(lane) }
        } else {
            if let own { self.own[own].accept(now: now) }
            lanes[lane].budget.accept(now: now)
        }
        // A reply may have closed the budget or made room.
        lanes[lane].regularFrom = .min
        lanes[lane].extraFrom = .min
    }
}
