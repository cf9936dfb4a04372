/// An entry of `discovery`.
struct DiscoveryDraft: SectionDraft {
    var name: Given<String> = .absent
    var listCredential: Given<String> = .absent
    var include: Given<[NamePattern]> = .absent
    var exclude: Given<[NamePattern]> = .absent
    var refreshInterval: Given<Duration> = .absent
    var gracePeriod: Given<Duration> = .absent
    var labelRules: Given<[Located<LabelRuleDraft>]> = .absent
    var watch = WatchDraft()

    static let section = "a discovery"

    static let keys: [SettingKey<DiscoveryDraft>] =
        [
            SettingKey(
                "name",
                .name,
                into: \.name,
                default: "the name of `list_credential`",
                "The `discovery` label of its own series: unique."
            ),
            SettingKey(
                "list_credential",
                .name,
                into: \.listCredential,
                default: "`credential`",
                "Who lists the bots: the `name` of a credential of an app of the admin console. `credential` asks about them then."
            ),
            SettingKey(
                "include",
                .patterns,
                into: \.include,
                default: "`['*']`",
                "Patterns of the names of bots that are watched: `*` is any text, `?` one character."
            ),
            SettingKey(
                "exclude",
                .patterns,
                into: \.exclude,
                default: "none",
                "Patterns of the names of bots that are not, whatever `include` says."
            ),
            SettingKey(
                "refresh_interval",
                .duration(.seconds(1)...(.seconds(604_800))),
                into: \.refreshInterval,
                default: "`\(standard.refreshInterval.prometheusText)`",
                "How often the list is asked for: a request for each 50 bots. From `1s` to `1w`."
            ),
            SettingKey(
                "grace_period",
                .duration(.zero...(.seconds(31_536_000))),
                into: \.gracePeriod,
                default: "`\(standard.gracePeriod.prometheusText)`",
                "How long a bot may be missing in the list before it is watched no more. At most `1y`."
            ),
            SettingKey(
                "label_rules",
                .sections(example: "names: [HR*]"),
                into: \.labelRules,
                default: "none",
                "Labels for some of the bots. Of a label that several rules give, the last counts."
            ),
        ] + WatchDraft.keys.map { $0.lifted(\DiscoveryDraft.watch) }

    /// Where the defaults come from.
    static let standard = DiscoverySettings(name: "", listCredential: "", watch: WatchDraft.standard)
}
