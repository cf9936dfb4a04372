/// An entry of `canaries`.
struct CanaryDraft: SectionDraft {
    var action: Given<CanarySettings.Action> = .absent
    var bots: Given<[NamePattern]> = .absent
    var interval: Given<Duration> = .absent
    var maxPerDay: Given<Int> = .absent

    static let section = "a canary"

    static let keys: [SettingKey<CanaryDraft>] = [
        SettingKey(
            "action",
            .word(),
            into: \.action,
            default: "`\(standard.action.rawValue)`",
            "What is started: an export, or a training of every language of the bot. A training changes the bot's model."
        ),
        SettingKey(
            "bots",
            .patterns,
            into: \.bots,
            "Patterns of the `bot` labels of the bots that it is started for: `*` is any text, `?` one character. Required."
        ),
        SettingKey(
            "every",
            .duration(.seconds(60)...(.seconds(2_592_000))),
            into: \.interval,
            default: "`\(standard.interval.prometheusText)`",
            "How often, for each bot and language. From `1m` to `30d`."
        ),
        SettingKey(
            "max_per_day",
            .integer(1...1000),
            into: \.maxPerDay,
            default: "`\(standard.maxPerDay)`",
            "The most starts in any 24 hours, for each bot and language, also over restarts. From 1 to 1000."
        ),
    ]

    /// Where the defaults come from.
    static let standard = CanarySettings(bots: [])
}
