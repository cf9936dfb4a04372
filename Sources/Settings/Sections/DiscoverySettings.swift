import Model

/// An entry of `discovery`: which bots of an account are polled, and how.
package struct DiscoverySettings: Sendable, Hashable {
    /// Labels for the bots whose names match a pattern.
    package struct LabelRule: Sendable, Hashable {
        /// At least one.
        package var names: [NamePattern]
        package var labels: [String: String]

        package init(names: [NamePattern], labels: [String: String]) {
            self.names = names
            self.labels = labels
        }
    }

    /// The value of the label `discovery` of its own series; unique.
    package var name: String
    /// The name of the credential that lists the bots.
    package var listCredential: String
    package var include: [NamePattern]
    package var exclude: [NamePattern]
    /// The time between two requests for the list.
    package var refreshInterval: Duration
    /// How long a bot may be missing from the list before its polls end.
    package var gracePeriod: Duration
    /// In the order of the file; if several rules set a label, the last one counts.
    package var labelRules: [LabelRule]
    /// The settings of every bot that is found, without name and id.
    package var watch: BotSettings
    /// Whether each bot is polled in its default language, because no languages are configured.
    package var usesDefaultLanguage: Bool

    package init(
        name: String,
        listCredential: String,
        include: [NamePattern] = [NamePattern("*")],
        exclude: [NamePattern] = [],
        refreshInterval: Duration = .seconds(900),
        gracePeriod: Duration = .seconds(3600),
        labelRules: [LabelRule] = [],
        watch: BotSettings,
        usesDefaultLanguage: Bool = true
    ) {
        self.name = name
        self.listCredential = listCredential
        self.include = include
        self.exclude = exclude
        self.refreshInterval = refreshInterval
        self.gracePeriod = gracePeriod
        self.labelRules = labelRules
        self.watch = watch
        self.usesDefaultLanguage = usesDefaultLanguage
    }

    /// Whether a bot with this name is polled.
    package func wants(_ name: String) -> Bool {
        include.contains { $0.matches(name) } && !exclude.contains { $0.matches(name) }
    }

    /// The labels of a bot with this name.
    package func labels(of name: String) -> [String: String] {
        labelRules.filter { $0.names.contains { $0.matches(name) } }
            .reduce(into: watch.labels) { $0.merge($1.labels) { $1 } }
    }
}

extension DiscoverySettings {
    /// The keys of an entry of `discovery`, whose bots inherit from `defaults`.
    static let table = SettingsTable<DiscoverySettings>(
        "a discovery",
        standard: DiscoverySettings(name: "", listCredential: "", watch: .standard),
        keys: ownKeys + watchKeys,
        inheriting: { reading in
            reading.defaults.map { DiscoverySettings(name: "", listCredential: "", watch: $0) }
        },
        check: check
    )

    private static let ownKeys: [SettingKey<DiscoverySettings>] = [
        SettingKey("name", .name, into: \.name, default: "the name of `list_credential`")
            .meaning("The `discovery` label of its own series: unique."),
        SettingKey("list_credential", .name, into: \.listCredential, default: "`credential`")
            .meaning(
                "Who lists the bots: the `name` of a credential of an app of the admin console. `credential` asks about them then."
            ),
        SettingKey("include", .patterns, into: \.include, default: "`['*']`")
            .meaning("Patterns of the names of bots that are watched: `*` is any text, `?` one character."),
        SettingKey("exclude", .patterns, into: \.exclude, default: "none")
            .meaning("Patterns of the names of bots that are not, whatever `include` says."),
        SettingKey("refresh_interval", .duration(.seconds(1)...(.seconds(604_800))), into: \.refreshInterval)
            .meaning("How often the list is asked for: a request for each 50 bots. From `1s` to `1w`."),
        SettingKey("grace_period", .duration(.zero...(.seconds(31_536_000))), into: \.gracePeriod)
            .meaning("How long a bot may be missing in the list before it is watched no more. At most `1y`."),
        SettingKey(
            "label_rules",
            .sections(LabelRule.table, example: "names: [HR*]"),
            into: \.labelRules,
            default: "none"
        )
        .meaning("Labels for some of the bots. Of a label that several rules give, the last counts."),
    ]

    private static let watchKeys: [SettingKey<DiscoverySettings>] = BotSettings.watchKeys.map { key in
        // Without `languages` each bot is polled in its default language, so the value is not written.
        key.lifted(\.watch, writtenWhere: { key.name != "languages" || !$0.usesDefaultLanguage })
    }

    private static func check(_ discovery: inout Located<DiscoverySettings>, _ reading: inout SettingsReading) {
        var watch = discovery.map(\.watch)
        reading.completeWatch(&watch, called: "this discovery")
        discovery.watch = watch.section
        discovery.usesDefaultLanguage = discovery["languages"] == nil
        if let mark = discovery.accepted("list_credential") {
            reading.checkCredential(discovery.listCredential, at: mark, key: "list_credential")
        } else {
            discovery.listCredential = watch.credential
        }
        if discovery.accepted("name") == nil { discovery.name = discovery.listCredential }
    }

    /// Checks that names are unique.
    static func checkNames(of entries: [Located<DiscoverySettings>?], _ reading: inout SettingsReading) {
        var names: [String: SourceMark] = [:]
        for case let entry? in entries {
            let mark = entry["name"]?.mark ?? entry.mark
            reading.isFirst(entry.name, at: mark, of: "discovery name", in: &names, remedy: "; set another `name`")
        }
    }
}

extension DiscoverySettings.LabelRule {
    static let table = SettingsTable<DiscoverySettings.LabelRule>(
        "a label rule",
        subject: "this label rule",
        standard: DiscoverySettings.LabelRule(names: [], labels: [:]),
        keys: [
            SettingKey("names", .patterns, into: \.names, required: "add patterns, as in `names: [HR*]`")
                .meaning("Patterns of the names of the bots that get the labels. Required."),
            SettingKey("labels", .labels, into: \.labels, required: "add some, as in `labels: { team: hr }`")
                .meaning("Labels for `koreai_bot_info`, as on a bot. Required."),
        ]
    )
}
