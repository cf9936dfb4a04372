extension SettingsReading {
    /// - Parameter credentials: The names of all credentials, or `nil` where they are not all known.
    mutating func bots(of draft: FileDraft, credentials: [String]?, root: SourceMark) -> [BotSettings] {
        let defaults = draft.defaults.value ?? WatchDraft()
        if let mark = defaults.credential.mark, let name = defaults.credential.value {
            checkCredential(name, at: mark, among: credentials)
        }
        guard case .given(let entries, _) = draft.bots else {
            if draft.bots.isAbsent, requiresBots {
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
    private mutating func checkIntervals(of own: WatchDraft, inherited watch: WatchDraft) {
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

    private mutating func credential(
        of draft: BotDraft,
        watch: WatchDraft,
        at mark: SourceMark,
        among names: [String]?
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
                    "this bot names no `credential`, and there are \(names.count): \(Quotation.list(Array(names.prefix(8)))); "
                        + "set it here or in `defaults`"
                )
            }
            return nil
        }
    }

    private mutating func checkCredential(_ name: String, at mark: SourceMark, among names: [String]?) {
        guard let names, !names.contains(name) else { return }
        let nearest = NearestWord.nearest(to: name, among: names)
        let remedy =
            nearest.map { "did you mean \(Quotation.quoted($0))?" }
            ?? "there is \(Quotation.list(Array(names.prefix(8))))"
        complain(
            at: mark,
            "`credential` must be the name of an entry of `credentials`, not \(Quotation.quoted(name)); \(remedy)"
        )
    }

    /// What holds for a bot that says nothing of its own; it has no name, no id and, where the file does not tell, no
    /// credential.
    func defaults(of draft: FileDraft, credentials: [String]?) -> BotSettings {
        let watch = draft.defaults.value ?? WatchDraft()
        let only = credentials.flatMap { $0.count == 1 ? $0[0] : nil }
        return settings(of: BotDraft(), watch: watch, credential: watch.credential.value ?? only ?? "")
    }

    private func settings(of draft: BotDraft, watch: WatchDraft, credential: String) -> BotSettings {
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
