/// The whole configuration file: validated, with every default filled in.
package struct Settings: Sendable, Hashable {
    package var credentials: [CredentialSettings]
    package var budgets: BudgetSettings
    package var http: HTTPSettings
    /// What holds for a bot that says nothing of its own.
    package var defaults: BotSettings
    /// In the order of the file; names are unique.
    package var bots: [BotSettings]
    /// In the order of the file; names are unique.
    package var discoveries: [DiscoverySettings]
    /// In the order of the file.
    package var canaries: [CanarySettings]
    /// `nil` where alerts start nothing.
    package var actions: AlertActionSettings?

    package init(
        credentials: [CredentialSettings],
        budgets: BudgetSettings = BudgetSettings(),
        http: HTTPSettings = HTTPSettings(),
        defaults: BotSettings = BotSettings(name: "", id: "", credential: ""),
        bots: [BotSettings],
        discoveries: [DiscoverySettings] = [],
        canaries: [CanarySettings] = [],
        actions: AlertActionSettings? = nil
    ) {
        self.credentials = credentials
        self.budgets = budgets
        self.http = http
        self.defaults = defaults
        self.bots = bots
        self.discoveries = discoveries
        self.canaries = canaries
        self.actions = actions
    }
}
