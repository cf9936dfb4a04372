/// What may still be asked of the platform for one bot or credential.
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
        /// A trigger or a probe: may use the reserve.
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

    package init(_ limits: BudgetLimits, now: Int64) {
        self.limits = limits
        minute = BudgetWindow(limit: limits.perMinute, length: Self.minute, now: now)
        hour = BudgetWindow(limit: limits.perHour, length: Self.hour, now: now)
    }

    /// The same with other limits: what was asked, learned and is in flight stays.
    func changed(to limits: BudgetLimits) -> Budget {
        var changed = self
        changed.limits = limits
        changed.minute.configured = limits.perMinute
        changed.hour.configured = limits.perHour
        return changed
    }

    /// Takes one request out of the budget, if it can pay for it.
    package mutating func take(_ use: Use, now: Int64) -> Bool {
        advance(to: now)
        guard isOpen(now), hasRoom(for: use, now: now) else { return false }
        inFlight += 1
        return true
    }

    /// A request that was taken has ended, well or badly.
    package mutating func settle(now: Int64) {
        advance(to: now)
        guard inFlight > 0 else { return }
        inFlight -= 1
        minute.count.add(at: now)
        hour.count.add(at: now)
    }

    /// When it is worth while to try ``take(_:now:)`` again, after it said no.
    package func nextChance(for use: Use, now: Int64) -> Int64 {
        var time = max(now + 1, closedUntil)
        time = max(time, minute.count.time(untilAtMost: minute.limit(for: use) - inFlight - 1) ?? time)
        time = max(time, hour.count.time(untilAtMost: hour.limit(for: use) - inFlight - 1) ?? time)
        // Only a reply ends what is in flight, and only a new slot changes what the future holds for an extra poll.
        if time == now + 1 { time = now + minute.count.slotLength }
        return time
    }

    /// Requests that may still be made in each window, the reserve among them; 0 while the budget is closed.
    package mutating func remaining(now: Int64) -> (minute: Int, hour: Int) {
        advance(to: now)
        guard now >= closedUntil else { return (0, 0) }
        return (
            max(0, minute.limit - minute.count.total - inFlight), max(0, hour.limit - hour.count.total - inFlight)
        )
    }

    /// The limits now in force: those configured, or lower ones that the platform taught.
    package var limitsInForce: (minute: Int, hour: Int) {
        (minute.limit, hour.limit)
    }

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

    private mutating func advance(to now: Int64) {
        minute.count.advance(to: now)
        hour.count.advance(to: now)
        recover(now: now)
    }
}
