package import Scheduling
package import Settings

/// A bot, its targets, and the budget of its requests.
package struct BotReport: Sendable {
    package var bot: BotSettings
    package var attention: Attention
    package var targets: [TargetReport]
    /// `nil` for a bot without targets.
    package var budget: BudgetReport?
}
