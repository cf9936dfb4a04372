/// An entry of `rules` of `actions`.
struct ActionRuleDraft: SectionDraft {
    var alerts: Given<[NamePattern]> = .absent
    var bots: Given<[NamePattern]> = .absent
    var coolDown: Given<Duration> = .absent
    var maxPerDay: Given<Int> = .absent

    static let section = "a rule of `actions`"

    static let keys: [SettingKey<ActionRuleDraft>] = [
        SettingKey("alerts", .patterns, into: \.alerts, "Patterns of alerts' names that start a training. Required."),
        SettingKey(
            "bots",
            .patterns,
            into: \.bots,
            default: "`['*']`",
            "Patterns of the `bot` labels that it holds for."
        ),
        SettingKey(
            "cool_down",
            .duration(.seconds(60)...(.seconds(2_592_000))),
            into: \.coolDown,
            default: "`\(standard.coolDown.prometheusText)`",
            "Between two trainings of a bot, engine and language. From `1m` to `30d`."
        ),
        SettingKey(
            "max_per_day",
            .integer(1...1000),
            into: \.maxPerDay,
            default: "`\(standard.maxPerDay)`",
            "The most trainings of a bot in any 24 hours, of all engines and languages together. From 1 to 1000."
        ),
    ]

    /// Where the defaults come from.
    static let standard = AlertActionSettings.Rule(alerts: [])
}
