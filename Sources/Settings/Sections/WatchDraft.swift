import Model

/// The keys that may stand in `defaults` and on each bot.
struct WatchDraft: SectionDraft {
    var baseURL: Given<String> = .absent
    var credential: Given<String> = .absent
    var languages: Given<[String]> = .absent
    var states: Given<[BotState]> = .absent
    var collectors: Given<[Collector]> = .absent
    var pollInterval: Given<Duration> = .absent
    var activeInterval: Given<Duration> = .absent
    var maxAge: Given<Duration> = .absent
    var timeout: Given<Duration> = .absent

    static let section = "`defaults`"

    static let keys: [SettingKey<WatchDraft>] = [
        SettingKey(
            "base_url",
            .baseURL,
            into: \.baseURL,
            default: "`\(standard.baseURL)`",
            "The platform, with a path in front of `/api/public` if there is one. A slash at the end does not count."
        ),
        SettingKey(
            "credential",
            .name,
            into: \.credential,
            default: "the only credential, where there is one",
            "The `name` of an entry of `credentials`."
        ),
        SettingKey(
            "languages",
            .languages,
            into: \.languages,
            default: "`[\(standard.languages.joined(separator: ", "))]`",
            "The languages whose trainings are watched, as the platform spells them."
        ),
        SettingKey(
            "states",
            .words(),
            into: \.states,
            default: text(standard.states.map(\.rawValue)),
            "Which versions of the bot: `configured` is the one in development."
        ),
        SettingKey(
            "collectors",
            .words(),
            into: \.collectors,
            default: text(standard.collectors.map(\.rawValue)),
            "What is asked. A training collector has a target for each language and state, `ml_export` and `publish` one for the bot. `publish` needs the credential of an app of the Admin Console with the scope Bot Publish > Publish Status."
        ),
        SettingKey(
            "poll_interval",
            .duration(.milliseconds(100)...(.seconds(604_800))),
            into: \.pollInterval,
            default: "`\(standard.pollInterval.prometheusText)`",
            "How often a quiet target is asked. From `100ms` to `1w`."
        ),
        SettingKey(
            "active_interval",
            .duration(.milliseconds(100)...(.seconds(604_800))),
            into: \.activeInterval,
            default: "`\(standard.activeInterval.prometheusText)`, or `poll_interval` where that is shorter",
            "How often a target is asked while it trains or exports. At most `poll_interval`."
        ),
        SettingKey(
            "max_age",
            .duration(.milliseconds(100)...(.seconds(31_536_000))),
            into: \.maxAge,
            default: "`\(standard.maxAge.prometheusText)`, or three times `poll_interval` where that is longer",
            "How old the last good reply may be before its series vanish. More than `poll_interval`, at most `1y`."
        ),
        SettingKey(
            "timeout",
            .duration(.milliseconds(100)...(.seconds(300))),
            into: \.timeout,
            default: "`\(standard.timeout.prometheusText)`",
            "How long one request may take in all. From `100ms` to `5m`."
        ),
    ]

    /// Where the defaults come from.
    static let standard = BotSettings(name: "", id: "", credential: "")

    private static func text(_ words: [String]) -> String {
        "`[\(words.joined(separator: ", "))]`"
    }

    /// What a bot says, and for the rest what `defaults` says.
    func inheriting(_ defaults: WatchDraft) -> WatchDraft {
        WatchDraft(
            baseURL: baseURL.or(defaults.baseURL),
            credential: credential.or(defaults.credential),
            languages: languages.or(defaults.languages),
            states: states.or(defaults.states),
            collectors: collectors.or(defaults.collectors),
            pollInterval: pollInterval.or(defaults.pollInterval),
            activeInterval: activeInterval.or(defaults.activeInterval),
            maxAge: maxAge.or(defaults.maxAge),
            timeout: timeout.or(defaults.timeout)
        )
    }
}
