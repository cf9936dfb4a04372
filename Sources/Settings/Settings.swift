/// The whole configuration file: validated, with every default filled in.
package struct Settings: Sendable, Hashable {
    package var credentials: [CredentialSettings]
    package var budgets: BudgetSettings
    package var http: HTTPSettings
    /// What holds for a bot that says nothing of its own.
    package var defaults: BotSettings
    /// In the order of the file; names are unique.
    package var bots: [BotSettings]

    package init(
        credentials: [CredentialSettings],
        budgets: BudgetSettings = BudgetSettings(),
        http: HTTPSettings = HTTPSettings(),
        defaults: BotSettings = BotSettings(name: "", id: "", credential: ""),
        bots: [BotSettings]
    ) {
        self.credentials = credentials
        self.budgets = budgets
        self.http = http
        self.defaults = defaults
        self.bots = bots
    }
}
