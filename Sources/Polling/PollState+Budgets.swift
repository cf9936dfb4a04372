import Archive
import Scheduling
import Tracking

extension PollState {
    /// How each budget stands now.
    mutating func budgetReports(now: Instant) -> [(name: String, report: BudgetReport)] {
        budgets.names.enumerated().map { ($0.element, schedule.report(ofBudget: $0.offset, now: now)) }
    }

    /// The budgets whose limits the platform taught to be lower since the last time, as they stand now.
    mutating func takeLowered(now: Instant) -> [(name: String, report: BudgetReport)] {
        schedule.takeLowered().map { (budgets.names[$0], schedule.report(ofBudget: $0, now: now)) }
    }

    /// Budgets go on as the store has them.
    mutating func restoreBudgets(_ kept: Kept, where isNew: (Int) -> Bool, now: Instant, at moment: Moment) {
        for (number, name) in budgets.names.enumerated() where isNew(number) {
            guard let saved = kept.budget(name) else { continue }
            schedule.restore(budget: number, saved.budget, away: saved.away(until: moment), now: now)
        }
    }
}
