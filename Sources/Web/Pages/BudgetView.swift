/// What is left of a bot's budget as the templates show it.
struct BudgetView {
    let text: String
    let isScarce: Bool

    init(_ budget: BudgetStatus) {
        text =
            "\(budget.minute.remaining) of \(budget.minute.limit) requests left this minute, "
            + "\(budget.hour.remaining) of \(budget.hour.limit) this hour"
        isScarce = [budget.minute, budget.hour].contains { $0.remaining * 10 < $0.limit }
    }
}
