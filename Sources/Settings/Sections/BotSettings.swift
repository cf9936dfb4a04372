package import Model

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
    package var states: [BotState]
    /// At least one, none twice.
    package var collectors: [Collector]
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
    /// Whether the bot has a published version, as the platform's list of bots tells; `nil` where no list told of the bot.
    /// The file does not say it.
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

    /// ``baseURL`` as the same text for two ways of writing the same place.
    package var canonicalBaseURL: String { WebAddress(baseURL)?.canonical ?? baseURL }

    /// The states that are polled: of a bot that is not published there is nothing to ask about the published version.
    package var polledStates: [BotState] {
        isPublished == false ? states.filter { $0 != .published } : states
    }
}

extension BotSettings {
    /// How many targets the bot has: a training collector asks for each language and polled state, the others once.
    package var targetCount: Int {
        collectors.reduce(0) { count, collector in
            switch collector {
            case .mlTraining, .faqTraining: count + languages.count * polledStates.count
            case .mlExport, .publish: count + 1
            }
        }
    }
}

/// An entry of `bots`.
struct BotDraft: SectionDraft {
    var name: Given<String> = .absent
    var id: Given<String> = .absent
    var labels: Given<[String: String]> = .absent
    var watch = WatchDraft()

    static let section = "a bot"

    static let keys: [SettingKey<BotDraft>] =
        [
            SettingKey(
                "name",
                .name,
                into: \.name,
                "The `bot` label of every series: unique, at most 128 characters. Keep it when the bot is replaced or moved."
            ),
            SettingKey(
                "id",
                .botID,
                into: \.id,
                "The platform's id of the bot, `st-…`. Two bots with the same id and `base_url` are an error."
            ),
            SettingKey(
                "labels",
                .labels,
                into: \.labels,
                default: "none",
                "Labels of your own for `koreai_bot_info`, to join with: `{ team: cards }`. Not a label of the exporter's or of Prometheus's, such as `bot`, `status` or `job`, nor `__…` or `exported_…`."
            ),
        ] + WatchDraft.keys.map { $0.lifted(\BotDraft.watch) }
}

extension SettingsReading {
    /// - Parameter credentials: The names of all credentials, or `nil` where they are not all known.
    mutating func bots(of draft: FileDraft, credentials: [String]?, root: SourceMark) -> [BotSettings] {
        let defaults = draft.defaults.value ?? WatchDraft()
        if let mark = defaults.credential.mark, let name = defaults.credential.value {
            checkCredential(name, at: mark, among: credentials)
        }
        guard case .given(let entries, _) = draft.bots else {
            if draft.bots.isAbsent, draft.discovery.isAbsent, requiresBots {
                complain(
                    at: root,
                    "`bots` is missing; add at least one, as in `bots: [{ name: banking, id: st-1111 }]`"
                )
            }
            return []
        }
        var bots: [BotSettings] = []
        var names: [String: SourceMark] = [:]
        var ids: [String: (name: String, mark: SourceMark)] = [:]
        for entry in entries {
            guard let draft = entry.value else { continue }
            let watch = draft.watch.inheriting(defaults)
            checkName(of: draft, at: entry.mark, known: &names)
            checkID(of: draft, watch: watch, at: entry.mark, known: &ids)
            checkIntervals(of: draft.watch, inherited: watch)
            let credential = self.credential(of: draft, watch: watch, at: entry.mark, among: credentials)
            bots.append(settings(of: draft, watch: watch, credential: credential ?? ""))
        }
        return bots
    }

    private mutating func checkName(of draft: BotDraft, at mark: SourceMark, known: inout [String: SourceMark]) {
        guard case .given(let name, let nameMark) = draft.name else {
            if draft.name.isAbsent {
                complain(at: mark, "this bot has no `name`; it becomes the `bot` label of its series")
            }
            return
        }
        if let first = known[name] {
            complain(
                at: nameMark,
                "duplicate bot name \(Quotation.quoted(name)); the first is at \(first.line):\(first.column)"
            )
        } else {
            known[name] = nameMark
        }
    }

    private mutating func checkID(
        of draft: BotDraft,
        watch: WatchDraft,
        at mark: SourceMark,
        known: inout [String: (name: String, mark: SourceMark)]
    ) {
        guard case .given(let id, let idMark) = draft.id else {
            if draft.id.isAbsent { complain(at: mark, "this bot has no `id`; the platform shows it, as in `st-1111`") }
            return
        }
        let baseURL = watch.baseURL.isAbsent ? WatchDraft.standard.baseURL : watch.baseURL.value
        guard let baseURL, let address = WebAddress(baseURL) else { return }
        let key = "\(id) \(address.canonical)"
        if let first = known[key] {
            complain(
                at: idMark,
                "the bot \(Quotation.quoted(first.name)) at \(first.mark.line):\(first.mark.column) has the same `id` and `base_url`; keep one of the two"
            )
        } else {
            known[key] = (draft.name.value ?? id, idMark)
        }
    }

    /// The intervals must fit each other, wherever each comes from.
    mutating func checkIntervals(of own: WatchDraft, inherited watch: WatchDraft) {
        guard let poll = watch.pollInterval.isAbsent ? WatchDraft.standard.pollInterval : watch.pollInterval.value
        else { return }
        if let active = watch.activeInterval.value, active > poll {
            complain(
                ("active_interval", watch.activeInterval, own.activeInterval),
                "must not be longer than",
                watch,
                own
            )
        }
        if let age = watch.maxAge.value, age <= poll {
            complain(("max_age", watch.maxAge, own.maxAge), "must be longer than", watch, own)
        }
    }

    /// Complains that a duration does not fit `poll_interval`: at the bot's own key, and with the place of the other.
    private mutating func complain(
        _ subject: (key: String, inherited: Given<Duration>, own: Given<Duration>),
        _ rule: String,
        _ watch: WatchDraft,
        _ own: WatchDraft
    ) {
        guard case .given(let duration, let mark) = subject.inherited else { return }
        let subjectText = "`\(subject.key)` (\(duration.prometheusText)"
        guard case .given(let poll, let pollMark) = watch.pollInterval else {
            let standard = WatchDraft.standard.pollInterval.prometheusText
            complain(at: mark, "\(subjectText)) \(rule) `poll_interval` (\(standard), its default)")
            return
        }
        let pollText = "`poll_interval` (\(poll.prometheusText)"
        if subject.own.isAbsent, !own.pollInterval.isAbsent {
            complain(at: pollMark, "\(subjectText), at \(mark.line):\(mark.column)) \(rule) \(pollText))")
        } else {
            complain(at: mark, "\(subjectText)) \(rule) \(pollText), at \(pollMark.line):\(pollMark.column))")
        }
    }

    mutating func credential(
        of draft: BotDraft,
        watch: WatchDraft,
        at mark: SourceMark,
        among names: [String]?,
        subject: String = "this bot"
    ) -> String? {
        switch watch.credential {
        case .refused: return nil
        case .given(let name, let place):
            // That of `defaults` was checked there.
            if !draft.watch.credential.isAbsent { checkCredential(name, at: place, among: names) }
            return name
        case .absent:
            guard let names else { return nil }
            if names.count == 1 { return names[0] }
            if names.count > 1 {
                complain(
                    at: mark,
                    "\(subject) names no `credential`, and there are \(names.count): \(Quotation.list(Array(names.prefix(8)))); "
                        + "set it here or in `defaults`"
                )
            }
            return nil
        }
    }

    mutating func checkCredential(
        _ name: String,
        at mark: SourceMark,
        among names: [String]?,
        key: String = "credential"
    ) {
        guard let names, !names.contains(name) else { return }
        let nearest = NearestWord.nearest(to: name, among: names)
        let remedy =
            nearest.map { "did you mean \(Quotation.quoted($0))?" }
            ?? "there is \(Quotation.list(Array(names.prefix(8))))"
        complain(
            at: mark,
            "`\(key)` must be the name of an entry of `credentials`, not \(Quotation.quoted(name)); \(remedy)"
        )
    }

    /// What holds for a bot that says nothing of its own; it has no name, no id and, where the file does not tell, no
    /// credential.
    func defaults(of draft: FileDraft, credentials: [String]?) -> BotSettings {
        let watch = draft.defaults.value ?? WatchDraft()
        let only = credentials.flatMap { $0.count == 1 ? $0[0] : nil }
        return settings(of: BotDraft(), watch: watch, credential: watch.credential.value ?? only ?? "")
    }

    func settings(of draft: BotDraft, watch: WatchDraft, credential: String) -> BotSettings {
        let standard = WatchDraft.standard
        let poll = watch.pollInterval.value ?? standard.pollInterval
        return BotSettings(
            name: draft.name.value ?? "",
            id: draft.id.value ?? "",
            baseURL: watch.baseURL.value ?? standard.baseURL,
            credential: credential,
            languages: watch.languages.value ?? standard.languages,
            states: watch.states.value ?? standard.states,
            collectors: watch.collectors.value ?? standard.collectors,
            pollInterval: poll,
            activeInterval: watch.activeInterval.value ?? min(standard.activeInterval, poll),
            maxAge: watch.maxAge.value ?? max(standard.maxAge, poll * 3),
            timeout: watch.timeout.value ?? standard.timeout,
            labels: draft.labels.value ?? [:]
        )
    }
}
