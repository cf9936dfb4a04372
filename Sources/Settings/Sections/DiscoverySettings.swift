import Model

/// One entry of `discovery`: which bots of an account are watched, and how.
package struct DiscoverySettings: Sendable, Hashable {
    /// Labels for the bots whose names match.
    package struct LabelRule: Sendable, Hashable {
        /// At least one.
        package var names: [NamePattern]
        package var labels: [String: String]

        package init(names: [NamePattern], labels: [String: String]) {
            self.names = names
            self.labels = labels
        }
    }

    /// Unique; of the discovery's own series.
    package var name: String
    /// The name of the credential that lists the bots.
    package var listCredential: String
    package var include: [NamePattern]
    package var exclude: [NamePattern]
    /// Between two lists.
    package var refreshInterval: Duration
    /// How long a bot may be missing in the list before it is watched no more.
    package var gracePeriod: Duration
    /// In their order: of a label that several give, the last counts.
    package var labelRules: [LabelRule]
    /// What holds for every bot that is found; without name and id.
    package var watch: BotSettings
    /// Whether each bot is watched in its default language, because no languages were named.
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

    /// Whether a bot of this name is to be watched.
    package func wants(_ name: String) -> Bool {
        include.contains { $0.matches(name) } && !exclude.contains { $0.matches(name) }
    }

    /// The labels of a bot of this name.
    package func labels(of name: String) -> [String: String] {
        labelRules.filter { $0.names.contains { $0.matches(name) } }
            .reduce(into: watch.labels) { $0.merge($1.labels) { $1 } }
    }
}

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

/// An entry of `label_rules`.
struct LabelRuleDraft: SectionDraft {
    var names: Given<[NamePattern]> = .absent
    var labels: Given<[String: String]> = .absent

    static let section = "a label rule"

    static let keys: [SettingKey<LabelRuleDraft>] = [
        SettingKey(
            "names",
            .patterns,
            into: \.names,
            "Patterns of the names of the bots that get the labels. Required."
        ),
        SettingKey("labels", .labels, into: \.labels, "Labels for `koreai_bot_info`, as on a bot. Required."),
    ]
}

/// A pattern of bots' names: `*` stands for any text, `?` for one character, anything else for itself.
package struct NamePattern: Sendable, Hashable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package func matches(_ name: String) -> Bool {
        let (pattern, name) = (Array(text), Array(name))
        var (p, n) = (0, 0)
        // Where to go on when what follows the last `*` does not fit.
        var star: (p: Int, n: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == "*" {
                star = (p, n)
                p += 1
            } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
                p += 1
                n += 1
            } else if let (starP, starN) = star {
                star = (starP, starN + 1)
                (p, n) = (starP + 1, starN + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }
}

extension SettingsReading {
    /// - Parameter credentials: The names of all credentials, or `nil` where they are not all known.
    mutating func discoveries(of file: FileDraft, credentials: [String]?) -> [DiscoverySettings] {
        guard case .given(let entries, _) = file.discovery else { return [] }
        var discoveries: [DiscoverySettings] = []
        var names: [String: SourceMark] = [:]
        for entry in entries {
            guard let draft = entry.value else { continue }
            let watch = draft.watch.inheriting(file.defaults.value ?? WatchDraft())
            checkIntervals(of: draft.watch, inherited: watch)
            let asking = BotDraft(watch: draft.watch)
            let credential =
                credential(of: asking, watch: watch, at: entry.mark, among: credentials, subject: "this discovery")
                ?? ""
            let lister = draft.listCredential.value ?? credential
            if case .given(let name, let mark) = draft.listCredential {
                checkCredential(name, at: mark, among: credentials, key: "list_credential")
            }
            let name = draft.name.value ?? lister
            if let first = names[name] {
                complain(
                    at: draft.name.mark ?? entry.mark,
                    "duplicate discovery name \(Quotation.quoted(name)); the first is at \(first.line):\(first.column); "
                        + "set another `name`"
                )
            }
            names[name] = names[name] ?? draft.name.mark ?? entry.mark
            let standard = DiscoveryDraft.standard
            discoveries.append(
                DiscoverySettings(
                    name: name,
                    listCredential: lister,
                    include: draft.include.value ?? standard.include,
                    exclude: draft.exclude.value ?? standard.exclude,
                    refreshInterval: draft.refreshInterval.value ?? standard.refreshInterval,
                    gracePeriod: draft.gracePeriod.value ?? standard.gracePeriod,
                    labelRules: rules(of: draft),
                    watch: settings(of: BotDraft(), watch: watch, credential: credential),
                    usesDefaultLanguage: watch.languages.isAbsent
                )
            )
        }
        return discoveries
    }

    private mutating func rules(of draft: DiscoveryDraft) -> [DiscoverySettings.LabelRule] {
        (draft.labelRules.value ?? []).compactMap { entry in
            guard let rule = entry.value else { return nil }
            if rule.names.isAbsent {
                complain(at: entry.mark, "this label rule has no `names`; add patterns, as in `names: [HR*]`")
            }
            if rule.labels.isAbsent {
                complain(at: entry.mark, "this label rule has no `labels`; add some, as in `labels: { team: hr }`")
            }
            return DiscoverySettings.LabelRule(names: rule.names.value ?? [], labels: rule.labels.value ?? [:])
        }
    }
}
