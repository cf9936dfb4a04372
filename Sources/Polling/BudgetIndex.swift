import Scheduling
import Tracking

/// The numbers that the schedule knows the budgets, bots and targets of a plan by.
struct BudgetIndex: Sendable {
    /// Of budgets, by number.
    private(set) var names: [String] = []
    /// By name.
    private(set) var numbers: [String: Int] = [:]
    /// By target.
    var members: [Schedule.Member] = []

    init(_ plan: PollPlan) {
        var bots: [String: Int] = [:]
        for target in plan.targets {
            let bot = bots[target.target.bot] ?? bots.count
            bots[target.target.bot] = bot
            let budget = numbers[target.budget] ?? names.count
            if budget == names.count {
                numbers[target.budget] = budget
                names.append(target.budget)
            }
            let rhythm = Schedule.Rhythm(quiet: target.pollInterval, active: target.activeInterval)
            members.append(Schedule.Member(rhythm, budget: budget, bot: bot))
        }
    }
}
