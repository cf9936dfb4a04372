/// One entry of `canaries`: runs that the exporter starts by itself, so that something is known of them where nobody else
/// starts any.
package struct CanarySettings: Sendable, Hashable {
    /// A word of `action:`.
    package enum Action: String, Sendable, Hashable, CaseIterable {
        case export
        case trainML = "train_ml"
        case trainFAQ = "train_faq"
    }

    package var action: Action
    /// Of `bot` labels; at least one.
    package var bots: [NamePattern]
    /// Between two runs of a bot.
    package var interval: Duration
    /// The most starts of this action for a bot in 24 hours.
    package var maxPerDay: Int

    package init(
        action: Action = .export,
        bots: [NamePattern],
        interval: Duration = .seconds(86_400),
        maxPerDay: Int = 4
    ) {
        self.action = action
        self.bots = bots
        self.interval = interval
        self.maxPerDay = maxPerDay
    }
}
