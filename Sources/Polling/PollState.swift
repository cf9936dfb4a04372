import Archive
import Exposition
import KoreAI
import Model
import Scheduling
import Settings
import Tracking

/// The state of polling: the schedule, the targets' records, and the changes that must be committed and shown.
///
/// A value: it takes replies and times as arguments, does no I/O and waits for nothing.
struct PollState: Sendable {
    typealias Instant = ContinuousClock.Instant

    var plan: PollPlan {
        didSet { index = BotIndex(plan) }
    }
    private(set) var index: BotIndex
    var client: KoreAIClient
    /// Polls that may be under way at once.
    var limit: Int
    var budgets: BudgetIndex
    var schedule: Schedule
    /// The budgets of what is no status call.
    var calls: Budgets<RequestBudget>
    var records: [PollRecord]
    /// The number of each target in the plan.
    var numbers: [Target: Int]
    /// Goes up with each plan.
    var generation = 0
    /// The generation in which each target's schedule began.
    var births: [Int]
    var expirations = Expirations()
    var readiness: Readiness
    var unsaved = Unsaved()
    var probes = ProbeQueue()

    /// - Parameters:
    ///   - loaded: What the store has of the plan's targets and budgets.
    ///   - resumes: Whether targets that were asked less than an interval ago wait for what is left of it.
    ///   - seed: The seed of the jitter.
    init(
        _ plan: PollPlan,
        client: KoreAIClient,
        limit: Int,
        loaded: LoadedState,
        resumes: Bool = true,
        now: Instant,
        at moment: ClockReading,
        seed: UInt64
    ) {
        self.plan = plan
        index = BotIndex(plan)
        self.client = client
        self.limit = max(1, limit)
        budgets = BudgetIndex(plan)
        records = plan.targets.map { PollRecord($0, loaded: loaded, now: moment.wall) }
        readiness = Readiness(targets: plan.targets.count, start: now)
        for (number, target) in plan.targets.enumerated() where resumes {
            guard let lastPoll = records[number].storedPoll(of: target, now: moment) else { continue }
            budgets.members[number].lastPoll = lastPoll
            records[number].resume()
            readiness.polled(number)
        }
        schedule = Schedule(
            budgets.members,
            budgets: Array(repeating: plan.limits, count: budgets.names.count),
            limitsOfTarget: plan.countsByTarget ? plan.limits : nil,
            now: now,
            seed: seed
        )
        calls = Budgets(plan.limits, origin: now)
        births = plan.targets.map { _ in 0 }
        numbers = Self.numbers(of: plan)
        restoreBudgets(loaded, where: { _ in true }, isNewTarget: { _ in true }, now: now, at: moment)
        note(loaded)
    }

    static func numbers(of plan: PollPlan) -> [Target: Int] {
        Dictionary(
            plan.targets.enumerated().map { ($0.element.target, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Notes which records have something to show or to save, when they will be too old, and which bots the store does
    /// not know.
    mutating func note(_ loaded: LoadedState) {
        expirations = Expirations()
        for (number, record) in records.enumerated() {
            if record.isStale { unsaved.targets.insert(number) }
            putOffExpiry(number, record.tracker.lastSuccess)
        }
        for target in plan.targets where loaded.isOfOtherBot(target) {
            // Or else what is kept would be taken for this bot's the next time.
            unsaved.outbox.add(TargetTracker(target.target))
        }
        for bot in plan.bots {
            let (key, id) = (BotIdentity.key(of: bot.name), Array(bot.id.utf8))
            if loaded.values[key] != id { unsaved.outbox.set(id, for: key) }
        }
    }

    /// The stored series of the targets, to be shown at once: a store that is full now still has them.
    mutating func takeStored() -> [FamilySamples] {
        records.indices.flatMap { records[$0].takeStored() }
    }

    private mutating func putOffExpiry(_ number: Int, _ lastSuccess: Timestamp?) {
        if let lastSuccess {
            expirations.putOff(number, until: lastSuccess.adding(plan.targets[number].maxAge))
        }
    }

    /// Takes the targets that are due and that their budgets can pay for.
    mutating func takeDue(now: Instant) -> [PollTicket] {
        schedule.takeDue(now: now, limit: limit).map { ticket($0.target, isDelayed: $0.isDelayed, now: now) }
    }

    /// The ticket of a target that the schedule gave out.
    mutating func ticket(_ number: Int, isDelayed: Bool, now: Instant) -> PollTicket {
        notePoll(of: number, now: now)
        return PollTicket(
            target: plan.targets[number],
            client: client,
            number: number,
            generation: generation,
            isDelayed: isDelayed
        )
    }

    /// A poll has ended, well or badly.
    ///
    /// - Returns: `nil` where the target is not polled any more, or anew.
    mutating func finish(
        _ ticket: PollTicket,
        _ reply: PollReply,
        now: Instant,
        at moment: ClockReading
    ) -> PollRecord.News? {
        probes.ended(ticket.target.target)
        let number = number(of: ticket)
        let outcome = Schedule.Outcome(reply)
        guard let number, ticket.generation >= births[number] else {
            schedule.finishVanished(budget: budgets.numbers[ticket.target.budget], outcome, now: now)
            return nil
        }
        records[number].setInterval(schedule.finish(number, outcome, now: now))
        // What went out again by itself counts at the platform too.
        for _ in 1..<max(1, reply.requests) {
            schedule.add(requestOf: budgets.members[number].budget, target: number, ago: .zero, now: now)
        }
        let news = records[number].finish(reply, at: moment)
        readiness.polled(number)
        unsaved.targets.insert(number)
        if let moment = news.repeatedAt {
            unsaved.outbox.add(ticket.target.target, repeatedAt: moment)
        } else if case .success = reply.result {
            unsaved.outbox.add(records[number].tracker, ended: news.ended)
        }
        if let action = news.action { unsaved.outbox.add(action) }
        if case .failure(let error) = reply.result, error.reason == .throttled {
            unsaved.budgets.insert(.shared(budgets.members[number].budget))
            if schedule.hasOwnBudgets { unsaved.budgets.insert(.target(number)) }
        }
        return news
    }

    private func number(of ticket: PollTicket) -> Int? {
        if ticket.generation == generation { return ticket.number }
        guard let number = numbers[ticket.target.target], plan.targets[number].isSameBot(as: ticket.target) else {
            return nil
        }
        return number
    }

    /// Takes the targets whose series are too old to be shown from now on.
    mutating func expire(now: Timestamp) -> [Int] {
        let expired = expirations.takeExpired(now: now)
        for number in expired { records[number].expire() }
        return expired
    }

    /// Takes what changed since the last time. ``committed(_:)`` or ``giveBack(_:)`` has to follow.
    mutating func takeChanges(now: Instant, at moment: ClockReading) -> Changes {
        var changes = Changes()
        changes.generation = generation
        changes.targets = unsaved.targets.map { records[$0].takeChange(number: $0) }
        saveBudgets(now: now, at: moment)
        changes.batch = unsaved.outbox.take() ?? Batch()
        unsaved.targets.removeAll(keepingCapacity: true)
        return changes
    }

    /// The changes that were taken are in the store.
    ///
    /// - Returns: What may be shown from now on.
    mutating func committed(_ changes: Changes) -> [FamilySamples] {
        unsaved.outbox.committed()
        return changes.targets.flatMap { change in
            if let number = number(of: change, in: changes) {
                records[number].shown = change.series
                putOffExpiry(number, change.series.lastSuccess)
            }
            return change.families()
        }
    }

    /// The changes that were taken could not be committed: they wait again.
    ///
    /// - Returns: What may be shown all the same, because the store does not keep it.
    mutating func giveBack(_ changes: Changes) -> [FamilySamples] {
        unsaved.outbox.failed()
        return changes.targets.flatMap { change in
            if let number = number(of: change, in: changes) {
                unsaved.targets.insert(number)
                records[number].shown = change.unkept
                if change.tracker != nil { records[number].isStale = true }
            }
            return change.unkept.families(of: change.labels, in: change.group, since: change.shown)
        }
    }

    private func number(of change: PollChange, in changes: Changes) -> Int? {
        changes.generation == generation ? change.number : numbers[change.target]
    }

    /// The store lost what it had: all that is known has to go to another one.
    mutating func saveAll() {
        for record in records { unsaved.outbox.add(record.tracker) }
        saveAllBudgets()
        for bot in plan.bots { unsaved.outbox.set(Array(bot.id.utf8), for: BotIdentity.key(of: bot.name)) }
    }
}

extension Schedule.Outcome {
    init(_ reply: PollReply) {
        self =
            switch reply.result {
            case .success(let decoded): decoded.value.isActive ? .active : .quiet
            case .failure(let error):
                switch error.reason {
                case .throttled: .throttled(retryAfter: error.retryAfter)
                case .auth: .refused
                default: .failed
                }
            }
    }
}
