/// Budgets with the same limits, each made when it is first used.
///
/// A value: it takes the time as an argument.
package struct Budgets<Name: Hashable & Sendable>: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private var limits: BudgetLimits
    private var used: [Name: Budget] = [:]
    private let origin: Instant

    /// - Parameter origin: No later time is before it.
    package init(_ limits: BudgetLimits, origin: Instant) {
        self.limits = limits
        self.origin = origin
    }

    /// Takes one request out of a budget.
    ///
    /// - Returns: `nil` where it may be made, and ``end(_:_:now:)`` has to follow; otherwise when to try again.
    package mutating func take(_ use: Budget.Use, of name: Name, now: Instant) -> Instant? {
        let time = time(now)
        var budget = used[name] ?? Budget(limits, now: time)
        defer { used[name] = budget }
        return budget.take(use, now: time) ? nil : origin + .milliseconds(budget.nextChance(for: use, now: time))
    }

    /// A request that was taken was not made.
    package mutating func giveBack(_ name: Name) {
        used[name]?.giveBack()
    }

    /// A request that was taken has ended.
    ///
    /// - Returns: Whether a limit was lowered.
    @discardableResult
    package mutating func end(_ name: Name, _ outcome: Schedule.Outcome, now: Instant) -> Bool {
        let time = time(now)
        if case .throttled(let retryAfter) = outcome {
            return used[name]?.throttle(retryAfter: retryAfter.map(Schedule.floored), now: time) ?? false
        }
        used[name]?.accept(now: time)
        return false
    }

    /// Counts a request that another program made.
    ///
    /// - Parameter ago: The time since it was made.
    package mutating func add(requestOf name: Name, ago: Duration, now: Instant) {
        let time = time(now)
        var budget = used[name] ?? Budget(limits, now: time)
        budget.add(requestMadeAt: time - Schedule.floored(max(.zero, ago)), now: time)
        used[name] = budget
    }

    package func isUsed(_ name: Name) -> Bool { used[name] != nil }

    /// What is left of a budget, and the limits in force.
    package func report(of name: Name, now: Instant) -> BudgetReport {
        let time = time(now)
        return (used[name] ?? Budget(limits, now: time)).report(now: time)
    }

    /// A budget in the form that is kept over a restart; `nil` for one that was never used.
    package func saved(_ name: Name, now: Instant) -> SavedBudget? {
        used[name]?.saved(now: time(now))
    }

    /// Goes on with a saved budget, in place of what there is of it.
    ///
    /// - Parameter away: The time since it was saved; where that is not sure, the shortest that it can be.
    package mutating func restore(_ name: Name, _ saved: SavedBudget, away: Duration, now: Instant) {
        used[name] = Budget(limits, saved: saved, away: Schedule.floored(away), now: time(now))
    }

    /// Goes on under other limits: what was asked, learned and is in flight stays.
    package mutating func change(to limits: BudgetLimits) {
        guard limits != self.limits else { return }
        self.limits = limits
        used = used.mapValues { $0.changed(to: limits) }
    }

    /// Forgets the others.
    package mutating func keep(where isNeeded: (Name) -> Bool) {
        used = used.filter { isNeeded($0.key) }
    }

    private func time(_ now: Instant) -> Int64 {
        Schedule.floored(now - origin)
    }
}

extension Budgets {
    /// A status call was refused that a target's own budget had paid for, and one that it shares with other targets.
    ///
    /// - Returns: Whether a limit was lowered.
    @discardableResult
    package static func throttle<Shared>(
        own: inout Budgets<Name>,
        _ name: Name,
        above: inout Budgets<Shared>,
        _ shared: Shared,
        retryAfter: Duration?,
        now: Instant
    ) -> Bool {
        guard var ownBudget = own.used[name], var sharedBudget = above.used[shared] else { return false }
        defer { (own.used[name], above.used[shared]) = (ownBudget, sharedBudget) }
        return Budget.throttle(
            own: &ownBudget,
            above: &sharedBudget,
            retryAfter: retryAfter.map(Schedule.floored),
            now: own.time(now)
        )
    }
}
