package import Model

/// The settings of one bot: which targets it has and how they are polled.
package struct BotSettings: Sendable, Hashable {
    /// The value of the label `bot`; unique.
    package var name: String
    /// The platform's id of the bot (the stream id).
    package var id: String
    /// The platform's URL without a slash at the end.
    package var baseURL: String
    /// The name of one of ``Settings/credentials``.
    package var credential: String
    /// At least one, none twice.
    package var languages: [String]
    /// At least one, none twice.
    package var states: [BotState]
    /// At least one, none twice.
    package var collectors: [Collector]
    /// The time between two polls of a quiet target.
    package var pollInterval: Duration
    /// The time between two polls of a target that trains or exports; at most ``pollInterval``.
    package var activeInterval: Duration
    /// The age of the last good reply after which its series disappear.
    package var maxAge: Duration
    /// The time limit of one request.
    package var timeout: Duration
    /// The bot's own labels for `koreai_bot_info`.
    package var labels: [String: String]
    /// Whether the bot has a published version, according to the platform's list of bots; `nil` if the bot is in no
    /// list. It does not come from the file.
    package var isPublished: Bool?

    package init(
        name: String,
        id: String,
        baseURL: String = "https://platform.kore.ai",
        credential: String,
        languages: [String] = ["en"],
        states: [BotState] = BotState.allCases,
        collectors: [Collector] = Collector.standard,
        pollInterval: Duration = .seconds(60),
        activeInterval: Duration = .seconds(10),
        maxAge: Duration = .seconds(900),
        timeout: Duration = .seconds(10),
        labels: [String: String] = [:],
        isPublished: Bool? = nil
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
        self.isPublished = isPublished
    }

    /// ``baseURL`` in a form that is the same for all spellings of one address.
    package var canonicalBaseURL: String { WebAddress(baseURL)?.canonical ?? baseURL }

    /// The states that are polled: a bot that is not published has no published version to ask about.
    package var polledStates: [BotState] {
        isPublished == false ? states.filter { $0 != .published } : states
    }
}

extension BotSettings {
    /// The number of targets: a training collector has one for each language and polled state, the others have one.
    package var targetCount: Int {
        collectors.reduce(0) { count, collector in
            switch collector {
            case .mlTraining, .faqTraining: count + languages.count * polledStates.count
            case .mlExport, .publish: count + 1
            }
        }
    }
}

extension BotSettings {
    /// The default settings, without name, id and credential.
    static let standard = BotSettings(name: "", id: "", credential: "")

    /// The keys of an entry of `bots`, which inherits from `defaults`.
    static let table = SettingsTable<BotSettings>(
        "a bot",
        subject: "this bot",
        standard: standard,
        keys: ownKeys + watchKeys,
        inheriting: { $0.defaults },
        check: { $1.completeWatch(&$0, called: "this bot") }
    )

    /// The keys of the section `defaults`.
    static let defaultsTable = SettingsTable<BotSettings>(
        "`defaults`",
        standard: standard,
        keys: watchKeys,
        check: { defaults, reading in
            defaults.fillIntervals()
            reading.defaults = defaults
        }
    )

    private static let ownKeys: [SettingKey<BotSettings>] = [
        SettingKey("name", .name, into: \.name, required: "it becomes the `bot` label of its series")
            .meaning(
                "The `bot` label of every series: unique, at most 128 characters. Keep it when the bot is replaced or moved."
            ),
        SettingKey("id", .botID, into: \.id, required: "the platform shows it, as in `st-1111`")
            .meaning("The platform's id of the bot, `st-…`. Two bots with the same id and `base_url` are an error."),
        SettingKey("labels", .labels, into: \.labels, default: "none")
            .meaning(
                "Labels of your own for `koreai_bot_info`, to join with: `{ team: cards }`. Not a label of the exporter's or of Prometheus's, such as `bot`, `status` or `job`, nor `__…` or `exported_…`."
            ),
    ]

    /// The keys allowed in `defaults`, in each bot and in each discovery.
    static let watchKeys: [SettingKey<BotSettings>] = [
        SettingKey("base_url", .baseURL, into: \.baseURL)
            .meaning(
                "The platform, with a path in front of `/api/public` if there is one. A slash at the end does not count."
            ),
        SettingKey("credential", .name, into: \.credential, default: "the only credential, where there is one")
            .meaning("The `name` of an entry of `credentials`."),
        SettingKey("languages", .languages, into: \.languages)
            .meaning("The languages whose trainings are watched, as the platform spells them."),
        SettingKey("states", .words(), into: \.states)
            .meaning("Which versions of the bot: `configured` is the one in development."),
        SettingKey("collectors", .words(), into: \.collectors)
            .meaning(
                "What is asked. A training collector has a target for each language and state, `ml_export` and `publish` one for the bot. `publish` needs the credential of an app of the Admin Console with the scope Bot Publish > Publish Status."
            ),
        SettingKey("poll_interval", .duration(.milliseconds(100)...(.seconds(604_800))), into: \.pollInterval)
            .meaning("How often a quiet target is asked. From `100ms` to `1w`."),
        SettingKey(
            "active_interval",
            .duration(.milliseconds(100)...(.seconds(604_800))),
            into: \.activeInterval,
            or: "`poll_interval` where that is shorter"
        )
        .meaning("How often a target is asked while it trains or exports. At most `poll_interval`."),
        SettingKey(
            "max_age",
            .duration(.milliseconds(100)...(.seconds(31_536_000))),
            into: \.maxAge,
            or: "three times `poll_interval` where that is longer"
        )
        .meaning(
            "How old the last good reply may be before its series vanish. More than `poll_interval`, at most `1y`."
        ),
        SettingKey("timeout", .duration(.milliseconds(100)...(.seconds(300))), into: \.timeout)
            .meaning("How long one request may take in all. From `100ms` to `5m`."),
    ]

    /// Checks that names are unique, and that ids are unique on one platform.
    static func checkIdentities(of entries: [Located<BotSettings>?], _ reading: inout SettingsReading) {
        var names: [String: SourceMark] = [:]
        var ids: [String: (name: String, mark: SourceMark)] = [:]
        for case let bot? in entries {
            let nameMark = bot.accepted("name")
            if let nameMark { reading.isFirst(bot.name, at: nameMark, of: "bot name", in: &names) }
            guard let mark = bot.accepted("id"), bot["base_url"]?.isAccepted != false else { continue }
            let key = "\(bot.id) \(bot.section.canonicalBaseURL)"
            if let first = ids[key] {
                reading.complain(
                    at: mark,
                    "the bot \(Quotation.quoted(first.name)) at \(first.mark.line):\(first.mark.column) has the same `id` and `base_url`; keep one of the two"
                )
            } else {
                ids[key] = (nameMark == nil ? bot.id : bot.name, mark)
            }
        }
    }
}

extension Located<BotSettings> {
    /// Lowers or raises the defaults that would not fit `poll_interval`.
    fileprivate mutating func fillIntervals() {
        let standard = BotSettings.standard
        if accepted("active_interval") == nil {
            section.activeInterval = min(standard.activeInterval, section.pollInterval)
        }
        if accepted("max_age") == nil { section.maxAge = max(standard.maxAge, section.pollInterval * 3) }
    }
}

extension SettingsReading {
    /// Checks and completes the settings that bots and discoveries have in common.
    ///
    /// - Parameter subject: The section's name in a complaint: "this bot".
    mutating func completeWatch(_ watch: inout Located<BotSettings>, called subject: String) {
        watch.fillIntervals()
        if watch["poll_interval"]?.isAccepted != false {
            if watch.activeInterval > watch.pollInterval {
                complain(about: "active_interval", watch.activeInterval, "must not be longer than", of: watch)
            }
            if watch.maxAge <= watch.pollInterval {
                complain(about: "max_age", watch.maxAge, "must be longer than", of: watch)
            }
        }
        if let credential = watch["credential"] {
            // An inherited credential is checked once, in `defaults`. It does not replace one that was refused.
            if !credential.isAccepted { watch.credential = "" }
            if credential.isAccepted, credential.isOwn { checkCredential(watch.credential, at: credential.mark) }
        } else if let names = credentials, let only = names.first {
            if names.count == 1 {
                watch.credential = only
            } else {
                complain(
                    at: watch.mark,
                    "\(subject) names no `credential`, and there are \(names.count): \(Quotation.list(Array(names.prefix(8)))); "
                        + "set it here or in `defaults`"
                )
            }
        }
    }

    /// Complains, at the section's own key and with the place of the other, about a duration that does not fit.
    private mutating func complain(
        about key: String,
        _ duration: Duration,
        _ rule: String,
        of watch: Located<BotSettings>
    ) {
        guard let given = watch[key], given.isAccepted else { return }
        let mark = given.mark
        let subject = "`\(key)` (\(duration.prometheusText)"
        let poll = "`poll_interval` (\(watch.pollInterval.prometheusText)"
        guard let pollKey = watch["poll_interval"] else {
            complain(at: mark, "\(subject)) \(rule) \(poll), its default)")
            return
        }
        if !given.isOwn, pollKey.isOwn {
            complain(at: pollKey.mark, "\(subject), at \(mark.line):\(mark.column)) \(rule) \(poll))")
        } else {
            complain(at: mark, "\(subject)) \(rule) \(poll), at \(pollKey.mark.line):\(pollKey.mark.column))")
        }
    }

    /// Complains if the value of `key` is not the name of a credential, unless not all names are known.
    mutating func checkCredential(_ name: String, at mark: SourceMark, key: String = "credential") {
        guard let names = credentials, !names.contains(name) else { return }
        let remedy =
            NearestWord.proposal(for: name, among: names)
            ?? "there is \(Quotation.list(Array(names.prefix(8))))"
        complain(
            at: mark,
            "`\(key)` must be the name of an entry of `credentials`, not \(Quotation.quoted(name)); \(remedy)"
        )
    }

    /// Whether a name is used for the first time; complains if it is not.
    ///
    /// - Parameters:
    ///   - kind: What the complaint calls the name: "bot name".
    ///   - marks: The place of the first use of each name.
    ///   - remedy: Text after the complaint.
    @discardableResult
    mutating func isFirst(
        _ name: String,
        at mark: SourceMark,
        of kind: String,
        in marks: inout [String: SourceMark],
        remedy: String = ""
    ) -> Bool {
        guard let first = marks[name] else {
            marks[name] = mark
            return true
        }
        let place = "\(first.line):\(first.column)"
        complain(at: mark, "duplicate \(kind) \(Quotation.quoted(name)); the first is at \(place)\(remedy)")
        return false
    }
}
