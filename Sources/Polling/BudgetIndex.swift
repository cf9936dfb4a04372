import KoreAI
import Scheduling
import Tracking

/// The numbers that the schedule knows the budgets, bots, credentials and targets of a plan by.
struct BudgetIndex: Sendable {
    /// Of budgets, by number.
    private(set) var names: [String] = []
    /// By name.
    private(set) var numbers: [String: Int] = [:]
    /// By target.
    var members: [Schedule.Member] = []

    init(_ plan: PollPlan) {
        var bots: [String: Int] = [:]
        var credentials: [String: Int] = [:]
        for target in plan.targets {
            let member = Schedule.Member(
                Schedule.Rhythm(quiet: target.pollInterval, active: target.activeInterval),
                budget: Self.number(of: target.budget, in: &numbers),
                bot: Self.number(of: target.target.bot, in: &bots),
                credential: Self.number(of: target.credential.name, in: &credentials)
            )
            if member.budget == names.count { names.append(target.budget) }
            members.append(member)
        }
    }

    private static func number(of name: String, in numbers: inout [String: Int]) -> Int {
        if let known = numbers[name] { return known }
        numbers[name] = numbers.count
        return numbers.count - 1
    }
}
