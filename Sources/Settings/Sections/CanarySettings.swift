/// An entry of `canaries`: runs that the exporter starts by itself, so that there are results without other runs.
package struct CanarySettings: Sendable, Hashable {
    /// A value of the key `action`.
    package enum Action: String, Sendable, Hashable, CaseIterable {
        case export
        case trainML = "train_ml"
        case trainFAQ = "train_faq"
    }

    package var action: Action
    /// Patterns of the label `bot`; at least one.
    package var bots: [NamePattern]
    /// The time between two starts for a bot and language.
    package var interval: Duration
    /// The most starts of this action in 24 hours for a bot and language.
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

extension CanarySettings {
    static let table = SettingsTable<CanarySettings>(
        "a canary",
        subject: "this canary",
        standard: CanarySettings(bots: []),
        keys: [
            SettingKey("action", .word(), into: \.action)
                .meaning(
                    "What is started: an export, or a training of every language of the bot. A training changes the bot's model."
                ),
            SettingKey("bots", .patterns, into: \.bots, required: "name them by patterns, as in `bots: [banking]`")
                .meaning(
                    "Patterns of the `bot` labels of the bots that it is started for: `*` is any text, `?` one character. Required."
                ),
            SettingKey("every", .duration(.seconds(60)...(.seconds(2_592_000))), into: \.interval)
                .meaning("How often, for each bot and language. From `1m` to `30d`."),
            SettingKey("max_per_day", .integer(1...1000), into: \.maxPerDay)
                .meaning(
                    "The most starts in any 24 hours, for each bot and language, also over restarts. From 1 to 1000."
                ),
        ]
    )
}
