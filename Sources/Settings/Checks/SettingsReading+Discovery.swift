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
