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
