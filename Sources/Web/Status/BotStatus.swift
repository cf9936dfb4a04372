/// How a bot does. Times are Unix times and lengths of time are seconds.
package struct BotStatus: Sendable {
    package var name: String
    package var id: String
    package var attention: BotAttention
    /// By name, in order.
    package var labels: [(name: String, value: String)]
    package var targets: [TargetStatus]
    /// `nil` where nothing is known.
    package var budget: BudgetStatus?
    /// The latest first.
    package var runs: [RunStatus]
    /// What the exporter did by itself, the latest first.
    package var actions: [ActionStatus]

    package init(
        name: String,
        id: String,
        attention: BotAttention,
        labels: [(name: String, value: String)] = [],
        targets: [TargetStatus] = [],
        budget: BudgetStatus? = nil,
        runs: [RunStatus] = [],
        actions: [ActionStatus] = []
    ) {
        self.name = name
        self.id = id
        self.attention = attention
        self.labels = labels
        self.targets = targets
        self.budget = budget
        self.runs = runs
        self.actions = actions
    }
}
