/// The requests that may still be made where the platform counts them together: for a target, a bot or a credential.
///
/// The platform takes 60 requests in any minute and 1,800 in any hour, both rolling. A request is in flight from
/// ``take(_:now:)`` to ``settle(now:)`` and weighs on both windows all that time; after that it counts from when its
/// reply came. The platform saw it some time before, so that its own count can only be lower, however long the network
/// takes.
///
/// When the platform refuses a request all the same, the budget closes and learns; see ``throttle(retryAfter:now:)``.
///
/// A value: it takes the time as an argument, in milliseconds of a clock that does not go back. About 700 bytes.
package struct Budget: Sendable, Hashable {
    package enum Use: Sendable, Hashable {
        /// A poll that its target has a right to. Leaves the reserve alone.
        case poll
        /// A poll that comes earlier than it must. Leaves room, too, in each window for as many polls in a millisecond
        /// as given, for as long as what was asked already weighs on it.
        case extraPoll(keepingInMinute: Double, inHour: Double)
        /// A probe, or what a command asks: may use the reserve.
        case command
    }

    static let minute: Int64 = 60_000
    static let hour: Int64 = 3_600_000

    package private(set) var limits: BudgetLimits
    var minute: BudgetWindow
    var hour: BudgetWindow
    /// Requests whose replies have not come.
    private(set) var inFlight = 0
    /// No requests before this: the platform asked for it.
    var closedUntil = Int64.min
    /// Refusals since the last good reply.
    var refusals = 0
    /// When the limits were last lowered or raised.
    var changedAt = Int64.min
    /// When the platform last refused a request.
    var refusedAt = Int64.min

    package init(_ limits: BudgetLimits, now: Int64) {
        self.limits = limits
        minute = BudgetWindow(limit: limits.perMinute, members: limits.members, length: Self.minute, now: now)
        hour = BudgetWindow(limit: limits.perHour, members: limits.members, length: Self.hour, now: now)
    }

    /// This budget with other limits: what was asked, learned and is in flight stays.
    func changed(to limits: BudgetLimits) -> Budget {
        var changed = self
        changed.limits = limits
        changed.minute.configure(limit: limits.perMinute, members: limits.members)
        changed.hour.configure(limit: limits.perHour, members: limits.members)
        return changed
    }

    /// Takes one request out of the budget, if it can pay for it.
    package mutating func take(_ use: Use, now: Int64) -> Bool {
        guard canPay(for: use, now: now) else { return false }
        inFlight += 1
        return true
    }

    /// Whether ``take(_:now:)`` would take one.
    mutating func canPay(for use: Use, now: Int64) -> Bool {
        advance(to: now)
        return isOpen(now) && hasRoom(for: use, now: now)
    }

    /// A request that was taken was not made.
    mutating func giveBack() {
        inFlight = max(0, inFlight - 1)
    }

    /// A request that was taken has ended, well or badly.
    package mutating func settle(now: Int64) {
        advance(to: now)
        guard inFlight > 0 else { return }
        inFlight -= 1
        minute.count.add(at: now)
        hour.count.add(at: now)
    }

    /// Counts a request that another program made.
    mutating func add(requestMadeAt time: Int64, now: Int64) {
        advance(to: now)
        if now - time < Self.minute { minute.count.add(earlierAt: time) }
        if now - time < Self.hour { hour.count.add(earlierAt: time) }
    }

    /// When to try ``take(_:now:)`` again after it refused.
    package func nextChance(for use: Use, now: Int64) -> Int64 {
        var time = max(now + 1, closedUntil)
        time = max(time, minute.count.time(untilAtMost: minute.limit(for: use) - inFlight - 1) ?? time)
        time = max(time, hour.count.time(untilAtMost: hour.limit(for: use) - inFlight - 1) ?? time)
        // Only a reply ends what is in flight, and only a new slot changes what the future holds for an extra poll.
        if time == now + 1 { time = now + minute.count.slotLength }
        return time
    }

    /// What is left of the budget, the reserve included, and the limits in force. Nothing is left while it is closed.
    package func report(now: Int64) -> BudgetReport {
        let current = advanced(to: now)
        let isOpen = now >= closedUntil
        let minute = isOpen ? max(0, current.minute.limit - current.minute.count.total - inFlight) : 0
        let hour = isOpen ? max(0, current.hour.limit - current.hour.count.total - inFlight) : 0
        return BudgetReport(
            minuteRemaining: minute,
            hourRemaining: hour,
            minuteLimit: current.minute.limit,
            hourLimit: current.hour.limit,
            isUntouched: minute == limits.perMinute && hour == limits.perHour
        )
    }

    /// Whether the platform has shown that it takes less than configured.
    var isLowered: Bool { minute.isLowered || hour.isLowered }

    /// Polls that can be kept up for ever as far as each window goes, in a millisecond.
    var sustainedPolls: (minute: Double, hour: Double) {
        (
            Double(minute.limit(for: .poll)) / Double(Self.minute + minute.count.slotLength),
            Double(hour.limit(for: .poll)) / Double(Self.hour + hour.count.slotLength)
        )
    }

    /// Polls that can be made steadily from now on as far as the hour goes, in a millisecond: fewer after a burst.
    mutating func steadyPolls(now: Int64) -> Double {
        advance(to: now)
        return hour.count.steadyRate(limit: hour.limit(for: .poll), added: inFlight, now: now)
    }

    private func isOpen(_ now: Int64) -> Bool {
        // After a refusal one request finds out for all whether the platform is willing again.
        now >= closedUntil && (refusals == 0 || inFlight == 0)
    }

    private func hasRoom(for use: Use, now: Int64) -> Bool {
        let (inMinute, inHour) = if case .extraPoll(let minute, let hour) = use { (minute, hour) } else { (0.0, 0.0) }
        return minute.hasRoom(for: use, keeping: inMinute, inFlight: inFlight, now: now)
            && hour.hasRoom(for: use, keeping: inHour, inFlight: inFlight, now: now)
    }

    private func advanced(to now: Int64) -> Budget {
        var budget = self
        budget.advance(to: now)
        return budget
    }

    private mutating func advance(to now: Int64) {
        minute.count.advance(to: now)
        hour.count.advance(to: now)
        recover(now: now)
    }
}

/// How many requests the platform takes from what it counts together. The defaults are the documented limits.
package struct BudgetLimits: Sendable, Hashable {
    /// The share that polls leave to probes and commands.
    static let reserve = 0.1

    /// Requests in any 60 seconds; at least 1.
    package let perMinute: Int
    /// Requests in any 60 minutes; at least 1.
    package let perHour: Int
    /// The number of members with limits of their own of which these are the sum; 1 for limits that are no sum.
    package let members: Int

    package init(perMinute: Int = 60, perHour: Int = 1800) {
        self.init(perMinute: perMinute, perHour: perHour, members: 1)
    }

    private init(perMinute: Int, perHour: Int, members: Int) {
        self.perMinute = max(1, perMinute)
        self.perHour = max(1, perHour)
        self.members = max(1, members)
    }

    /// The limits of several members together, each of which has these limits.
    package func sum(of members: Int) -> BudgetLimits {
        let members = min(max(1, members), 1_000_000)
        return BudgetLimits(perMinute: perMinute * members, perHour: perHour * members, members: members)
    }

    /// The share of a limit that polls may use: all but the reserve, and at least one request.
    static func forPolls(_ limit: Int) -> Int {
        max(1, limit - Int((Double(limit) * reserve).rounded(.up)))
    }
}

extension Budget {
    /// The budget in the form that is kept over a restart.
    package func saved(now: Int64) -> SavedBudget {
        let budget = advanced(to: now)
        func entries(_ count: RollingCount) -> [SavedBudget.Entry] {
            var entries = count.entries.map { SavedBudget.Entry(age: max(0, now - $0.end), count: $0.count) }
            if inFlight > 0 { entries.append(SavedBudget.Entry(age: 0, count: inFlight)) }
            return entries
        }
        var saved = SavedBudget()
        saved.minute = entries(budget.minute.count)
        saved.hour = entries(budget.hour.count)
        if budget.minute.isLowered { saved.learnedPerMinute = budget.minute.learned }
        if budget.hour.isLowered { saved.learnedPerHour = budget.hour.learned }
        saved.closedFor = closedUntil > now ? closedUntil - now : 0
        return saved
    }

    /// A budget that goes on where a saved one ended. The limits are the given ones; what was learned holds below them.
    ///
    /// - Parameters:
    ///   - saved: The saved budget. Values that make no sense are left out.
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
        if isLowered { (changedAt, refusedAt) = (now, now) }
        let pause = min(max(0, saved.closedFor), Self.hour)
        if pause > away { closedUntil = now + (pause - away) }
    }
}

/// A budget as it is kept while the exporter does not run: without a time of its own, which is for its keeper to know.
///
/// Requests in flight are counted as made when it was saved. Slots that hold nothing are left out, so that most budgets
/// take some hundred bytes.
package struct SavedBudget: Sendable, Hashable {
    /// Requests that were made together.
    package struct Entry: Sendable, Hashable {
        /// Milliseconds between them and the moment of saving, at least 0.
        package var age: Int64
        package var count: Int

        package init(age: Int64, count: Int) {
            self.age = age
            self.count = count
        }
    }

    package var minute: [Entry] = []
    package var hour: [Entry] = []
    /// The limits that were learned; not a number where the configured one is in force.
    package var learnedPerMinute = Double.nan
    package var learnedPerHour = Double.nan
    /// Milliseconds for which the budget was still closed.
    package var closedFor: Int64 = 0

    package init() {}
}

/// What is left of a budget, and the limits in force.
package struct BudgetReport: Sendable, Hashable {
    /// Requests that may still be made, the reserve among them.
    package var minuteRemaining: Int
    package var hourRemaining: Int
    /// The limits now in force.
    package var minuteLimit: Int
    package var hourLimit: Int
    /// Whether nothing was used of it and nothing learned, so that it will not change by itself.
    package var isUntouched: Bool

    /// The scarcer of two budgets that pay for the same request, in each window.
    func scarcest(_ other: BudgetReport) -> BudgetReport {
        var report = self
        if other.minuteRemaining < minuteRemaining {
            (report.minuteRemaining, report.minuteLimit) = (other.minuteRemaining, other.minuteLimit)
        }
        if other.hourRemaining < hourRemaining {
            (report.hourRemaining, report.hourLimit) = (other.hourRemaining, other.hourLimit)
        }
        report.isUntouched = isUntouched && other.isUntouched
        return report
    }

    /// Whether less than half is left in one of the windows.
    package var isScarce: Bool {
        minuteRemaining < minuteLimit / 2 || hourRemaining < hourLimit / 2
    }
}
