extension SettingsReading {
    mutating func canaries(of file: FileDraft) -> [CanarySettings] {
        (file.canaries.value ?? []).compactMap { entry in
            guard let draft = entry.value else { return nil }
            if draft.bots.isAbsent {
                complain(at: entry.mark, "this canary has no `bots`; name them by patterns, as in `bots: [banking]`")
            }
            let standard = CanaryDraft.standard
            return CanarySettings(
                action: draft.action.value ?? standard.action,
                bots: draft.bots.value ?? [],
                interval: draft.interval.value ?? standard.interval,
                maxPerDay: draft.maxPerDay.value ?? standard.maxPerDay
            )
        }
    }
}
