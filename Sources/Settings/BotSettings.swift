/// One bot and how it is watched.
package struct BotSettings: Sendable, Hashable {
    /// The `bot` label: unique.
    package var name: String
    /// The platform's bot (stream) id.
    package var id: String
    /// With no slash at the end.
    package var baseURL: String
    /// The name of one of ``Settings/credentials``.
    package var credential: String
    /// At least one, none twice.
    package var languages: [String]
    /// At least one, none twice.
    package var states: [StateSetting]
    /// At least one, none twice.
    package var collectors: [CollectorSetting]
    /// Between two polls of a target that is quiet.
    package var pollInterval: Duration
    /// Between two polls of a target that is training or exporting; at most ``pollInterval``.
    package var activeInterval: Duration
    /// How old the last good reply may be before its series vanish.
    package var maxAge: Duration
    /// Of one request.
    package var timeout: Duration
    /// The bot's own labels for `koreai_bot_info`.
    package var labels: [String: String]

    package init(
        name: String,
        id: String,
        baseURL: String = "https://platform.kore.ai",
        credential: String,
        languages: [String] = ["en"],
        states: [StateSetting] = StateSetting.allCases,
        collectors: [CollectorSetting] = CollectorSetting.allCases,
        pollInterval: Duration = .seconds(60),
        activeInterval: Duration = .seconds(10),
        maxAge: Duration = .seconds(900),
        timeout: Duration = .seconds(10),
        labels: [String: String] = [:]
    ) {
        self.name = name
        self.id = id
        self.baseURL = baseURL
        self.credential = credential
        self.languages = languages
        self.states = states
        self.collectors = collectors
        self.pollInterval = pollInterval
        self.activeInterval = activeInterval
        self.maxAge = maxAge
        self.timeout = timeout
        self.labels = labels
    }
}
