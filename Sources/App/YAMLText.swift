import Model
import Settings

/// A part of a YAML document that is to be written. Texts are quoted as JSON strings, which YAML reads alike.
indirect enum YAMLText {
    case text(String)
    /// A number, a boolean or a duration.
    case plain(String)
    /// On one line.
    case words([YAMLText])
    /// An entry for each item.
    case list([YAMLText])
    /// In this order.
    case mapping([(key: String, value: YAMLText?)])

    static func texts(_ texts: [String]) -> YAMLText { .words(texts.map { .text($0) }) }

    /// A document, which ends in a line feed.
    var document: String {
        lines.joined(separator: "\n") + "\n"
    }

    private var lines: [String] {
        switch self {
        case .text, .plain, .words: [inline]
        case .list(let items):
            items.flatMap { item in
                item.lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
            }
        case .mapping(let members):
            members.flatMap { key, value -> [String] in
                guard let value else { return [] }
                switch value {
                case .text, .plain, .words: return ["\(key): \(value.inline)"]
                case .list, .mapping: return ["\(key):"] + value.lines.map { "  " + $0 }
                }
            }
        }
    }

    private var inline: String {
        switch self {
        case .text(let text): JSONString.quoted(text)
        case .plain(let text): text
        case .words(let words): "[" + words.map(\.inline).joined(separator: ", ") + "]"
        case .list, .mapping: ""
        }
    }
}

extension YAMLText {
    private static let redacted = YAMLText.text("<redacted>")

    /// The whole configuration with every default filled in, and `<redacted>` for each secret: a file that
    /// `check-config` reads, but for tokens that came from the environment and passwords of a proxy.
    init(_ settings: Settings) {
        self = .mapping([
            ("credentials", .list(settings.credentials.map(Self.credential))),
            (
                "budgets",
                .mapping([
                    ("per", .text(settings.budgets.per.rawValue)),
                    ("requests_per_minute", .plain("\(settings.budgets.requestsPerMinute)")),
                    ("requests_per_hour", .plain("\(settings.budgets.requestsPerHour)")),
                ])
            ),
            ("http", Self.http(settings.http)),
            ("bots", Self.list(settings.bots, Self.bot)),
            ("discovery", Self.list(settings.discoveries, Self.discovery)),
            ("canaries", Self.list(settings.canaries, Self.canary)),
            ("actions", settings.actions.map(Self.actions)),
        ])
    }

    /// - Returns: `nil` for an empty list, which would be an error.
    private static func list<Item>(_ items: [Item], _ text: (Item) -> YAMLText) -> YAMLText? {
        items.isEmpty ? nil : .list(items.map(text))
    }

    private static func duration(_ duration: Duration) -> YAMLText { .plain(duration.prometheusText) }

    private static func patterns(_ patterns: [NamePattern]) -> YAMLText? {
        patterns.isEmpty ? nil : .texts(patterns.map(\.text))
    }

    private static func labels(_ labels: [String: String]) -> YAMLText? {
        guard !labels.isEmpty else { return nil }
        return .mapping(labels.sorted { $0.key < $1.key }.map { (JSONString.quoted($0.key), .text($0.value)) })
    }

    private static func credential(_ credential: CredentialSettings) -> YAMLText {
        let name: (String, YAMLText?) = ("name", .text(credential.name))
        switch credential.source {
        case .tokenFile(let path): return .mapping([name, ("token_file", .text(path))])
        case .token: return .mapping([name, ("token_env", redacted)])
        case .client(let client):
            let claims = ClientCredential.Claim.allCases.filter(client.claims.contains)
            return .mapping([
                name, ("client_id", .text(client.clientID)), ("client_secret", redacted),
                ("algorithm", .text(client.algorithm.rawValue)), ("claims", .texts(claims.map(\.rawValue))),
                ("audience", .text(client.audience)), ("subject", .text(client.subject)),
                ("token_lifetime", duration(client.tokenLifetime)),
            ])
        }
    }

    private static func http(_ http: HTTPSettings) -> YAMLText {
        .mapping([
            ("ca_file", http.caFile.map { .text($0) }),
            ("client_certificate_file", http.clientCertificateFile.map { .text($0) }),
            ("client_key_file", http.clientKeyFile.map { .text($0) }),
            ("proxy_url", http.proxyURL.map(proxy)),
            ("insecure_skip_verify", .plain("\(http.insecureSkipVerify)")), ("http2", .plain("\(http.http2)")),
            ("max_connections", .plain("\(http.maxConnections)")),
            ("max_connections_per_host", .plain("\(http.maxConnectionsPerHost)")),
            ("max_response_bytes", .plain("\(http.maxResponseBytes)")),
        ])
    }

    /// Without user and password.
    private static func proxy(_ url: String) -> YAMLText {
        guard let at = url.lastIndex(of: "@"), let scheme = url.firstRange(of: "://") else { return .text(url) }
        return .text(url[..<scheme.upperBound] + "<redacted>" + url[at...])
    }

    /// The keys that a bot and a discovery have in common.
    private static func watch(_ bot: BotSettings, languages: YAMLText?) -> [(String, YAMLText?)] {
        [
            ("base_url", .text(bot.baseURL)), ("credential", .text(bot.credential)), ("languages", languages),
            ("states", .texts(bot.states.map(\.rawValue))), ("collectors", .texts(bot.collectors.map(\.rawValue))),
            ("poll_interval", duration(bot.pollInterval)), ("active_interval", duration(bot.activeInterval)),
            ("max_age", duration(bot.maxAge)), ("timeout", duration(bot.timeout)),
        ]
    }

    private static func bot(_ bot: BotSettings) -> YAMLText {
        .mapping(
            [("name", .text(bot.name)), ("id", .text(bot.id)), ("labels", labels(bot.labels))]
                + watch(bot, languages: .texts(bot.languages))
        )
    }

    private static func discovery(_ discovery: DiscoverySettings) -> YAMLText {
        let rules = list(discovery.labelRules) { rule in
            .mapping([("names", patterns(rule.names)), ("labels", labels(rule.labels))])
        }
        return .mapping(
            [
                ("name", .text(discovery.name)), ("list_credential", .text(discovery.listCredential)),
                ("include", patterns(discovery.include)), ("exclude", patterns(discovery.exclude)),
                ("refresh_interval", duration(discovery.refreshInterval)),
                ("grace_period", duration(discovery.gracePeriod)), ("label_rules", rules),
            ]
                // Without languages each bot is watched in its default one.
                + watch(
                    discovery.watch,
                    languages: discovery.usesDefaultLanguage ? nil : .texts(discovery.watch.languages)
                )
        )
    }

    private static func canary(_ canary: CanarySettings) -> YAMLText {
        .mapping([
            ("action", .text(canary.action.rawValue)), ("bots", patterns(canary.bots)),
            ("every", duration(canary.interval)), ("max_per_day", .plain("\(canary.maxPerDay)")),
        ])
    }

    private static func actions(_ actions: AlertActionSettings) -> YAMLText {
        .mapping([
            ("bearer_token", redacted), ("dry_run", .plain("\(actions.isDryRun)")),
            (
                "rules",
                list(actions.rules) { rule in
                    .mapping([
                        ("alerts", patterns(rule.alerts)), ("bots", patterns(rule.bots)),
                        ("cool_down", duration(rule.coolDown)), ("max_per_day", .plain("\(rule.maxPerDay)")),
                    ])
                }
            ),
        ])
    }
}
