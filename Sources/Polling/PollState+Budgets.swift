import Archive
import KoreAI
import Scheduling
import Tracking

extension PollState {
    /// How each budget stands now.
    func budgetReports(now: Instant) -> [(name: String, report: BudgetReport)] {
        var reports = budgets.names.enumerated().map { number, name in
            (name: name.label, report: schedule.report(ofBudget: number, now: now))
        }
        for name in plan.requestBudgets {
            if case .status = name { continue }
            reports.append((name.label, calls.report(of: name, now: now)))
        }
        return reports
    }

    /// The budgets whose limits the platform taught to be lower since the last time, as they stand now.
    mutating func takeLowered(now: Instant) -> [(name: String, report: BudgetReport)] {
        schedule.takeLowered().map { (budgets.names[$0].label, schedule.report(ofBudget: $0, now: now)) }
    }

    /// Takes a request that is no poll out of a budget.
    ///
    /// - Returns: `nil` where it may be made, and ``endCall(_:_:now:)`` has to follow; otherwise when to try again.
    mutating func takeCall(of budget: RequestBudget, now: Instant) -> Instant? {
        if let chance = calls.take(.command, of: budget, now: now) { return chance }
        unsaved.count(requestOf: .call(budget), isScarce: calls.report(of: budget, now: now).isScarce)
        return nil
    }

    /// The request was answered, or not.
    ///
    /// - Parameter requests: That went out for it.
    /// - Returns: How the budget stands, where its limit was lowered.
    mutating func endCall(
        _ budget: RequestBudget,
        _ error: APIError?,
        requests: Int = 1,
        now: Instant
    ) -> BudgetReport? {
        let isLowered = calls.end(budget, Schedule.Outcome(of: error), now: now)
        for _ in 1..<max(1, requests) { calls.add(requestOf: budget, ago: .zero, now: now) }
        if error?.reason == .throttled { unsaved.budgets.insert(.call(budget)) }
        return isLowered ? calls.report(of: budget, now: now) : nil
    }

    /// Counts what commands asked beside us.
    mutating func count(_ requests: [CommandRequest], now: Instant, at moment: ClockReading) {
        for request in requests {
            let ago = Duration.milliseconds(moment.milliseconds(since: request.moment) ?? 0)
            guard let budget = RequestBudget(label: request.budget) else { continue }
            if case .status = budget {
                guard let shared = budgets.numbers[budget] else { continue }
                let target = request.target.flatMap { numbers[$0] }
                schedule.add(requestOf: shared, target: target, ago: ago, now: now)
                unsaved.budgets.insert(.shared(shared))
                if let target { unsaved.budgets.insert(.target(target)) }
            } else {
                calls.add(requestOf: budget, ago: ago, now: now)
                unsaved.budgets.insert(.call(budget))
            }
        }
    }

    /// A target is being asked: what its budget has left is saved from time to time.
    mutating func notePoll(of number: Int, now: Instant) {
        let isScarce = schedule.report(ofTarget: number, now: now).isScarce
        let shared = budgets.members[number].budget
        unsaved.count(requestOf: schedule.hasOwnBudgets ? .target(number) : .shared(shared), isScarce: isScarce)
        // What targets share is the sum of what each has, until the platform shows that it counts them together.
        guard schedule.hasOwnBudgets, schedule.isLowered(budget: shared) else { return }
        unsaved.count(requestOf: .shared(shared), isScarce: true)
    }

    /// Adds the budgets that were used to what is to be stored.
    mutating func saveBudgets(now: Instant, at moment: ClockReading) {
        for budget in unsaved.takeBudgets() {
            let (key, saved): (String, SavedBudget?) =
                switch budget {
                case .shared(let number):
                    (StoredBudget.key(of: budgets.names[number]), schedule.saved(budget: number, now: now))
                case .target(let number):
                    (StoredBudget.key(of: plan.targets[number].target), schedule.saved(target: number, now: now))
                case .call(let name): (StoredBudget.key(of: name), calls.saved(name, now: now))
                }
            guard let saved else { continue }
            unsaved.outbox.set(StoredBudget(budget: saved, at: moment).bytes, for: key)
        }
    }

    /// All budgets are to be saved anew.
    mutating func saveAllBudgets() {
        unsaved.budgets.formUnion(budgets.names.indices.map { .shared($0) })
        if schedule.hasOwnBudgets { unsaved.budgets.formUnion(records.indices.map { .target($0) }) }
        unsaved.budgets.formUnion(plan.requestBudgets.map { .call($0) })
    }

    /// Budgets go on as the store has them.
    ///
    /// - Parameters:
    ///   - isNew: Whether nothing else is known of the budget of this number, which targets share.
    ///   - isNewTarget: Whether nothing else is known of the own budget of the target of this number.
    mutating func restoreBudgets(
        _ loaded: LoadedState,
        where isNew: (Int) -> Bool,
        isNewTarget: (Int) -> Bool,
        now: Instant,
        at moment: ClockReading
    ) {
        for (number, name) in budgets.names.enumerated() where isNew(number) {
            guard let saved = loaded.budget(StoredBudget.key(of: name)) else { continue }
            schedule.restore(budget: number, saved.budget, away: saved.away(until: moment), now: now)
        }
        if schedule.hasOwnBudgets {
            for (number, target) in plan.targets.enumerated() where isNewTarget(number) {
                guard let saved = loaded.budget(StoredBudget.key(of: target.target)) else { continue }
                schedule.restore(target: number, saved.budget, away: saved.away(until: moment), now: now)
            }
        }
        for name in plan.requestBudgets where !calls.isUsed(name) {
            guard let saved = loaded.budget(StoredBudget.key(of: name)) else { continue }
            calls.restore(name, saved.budget, away: saved.away(until: moment), now: now)
        }
    }
}
