extension Budget {
    /// What to keep of it over a restart.
    package mutating func saved(now: Int64) -> SavedBudget {
        _ = remaining(now: now)
        func entries(_ count: RollingCount) -> [SavedBudget.Entry] {
            var entries = count.entries.map { SavedBudget.Entry(age: max(0, now - $0.end), count: $0.count) }
            if inFlight > 0 { entries.append(SavedBudget.Entry(age: 0, count: inFlight)) }
            return entries
        }
        var saved = SavedBudget()
        saved.minute = entries(minute.count)
        saved.hour = entries(hour.count)
        saved.learnedPerMinute = minute.learned
        saved.learnedPerHour = hour.learned
        saved.closedFor = closedUntil > now ? closedUntil - now : 0
        return saved
    }

    /// A budget that goes on where a saved one ended. The limits are the given ones; what was learned holds below them.
    ///
    /// - Parameters:
    ///   - saved: From anywhere: what makes no sense is left out.
    ///   - away: Milliseconds since it was saved; where that is not sure, the fewest that it can be.
    package init(_ limits: BudgetLimits, saved: SavedBudget, away: Int64, now: Int64) {
        self.init(limits, now: now)
        let away = max(0, away)
        func restore(_ entries: [SavedBudget.Entry], in window: inout BudgetWindow, length: Int64) {
            var count = RollingCount(window: length, now: now - length)
            for entry in entries.sorted(by: { $0.age > $1.age }) where entry.count > 0 && entry.age >= 0 {
                let (age, overflow) = entry.age.addingReportingOverflow(away)
                if !overflow, age <= length { count.add(entry.count, at: now - age) }
            }
            count.advance(to: now)
            window.count = count
        }
        restore(saved.minute, in: &minute, length: Self.minute)
        restore(saved.hour, in: &hour, length: Self.hour)
        minute.restore(learned: saved.learnedPerMinute)
        hour.restore(learned: saved.learnedPerHour)
        if limitsInForce != (limits.perMinute, limits.perHour) { changedAt = now }
        let pause = min(max(0, saved.closedFor), Self.hour)
        if pause > away { closedUntil = now + (pause - away) }
    }
}
