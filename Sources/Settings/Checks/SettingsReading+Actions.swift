import Secrets

extension SettingsReading {
    mutating func actions(of file: FileDraft) -> AlertActionSettings? {
        guard case .given(let draft, let mark) = file.actions else { return nil }
        let tokens = [draft.token, draft.tokenFile, draft.tokenVariable].filter { !$0.isAbsent }
        if tokens.count != 1 {
            let name = "`bearer_token_file`, `bearer_token_env` and `bearer_token`"
            complain(
                at: tokens.dropFirst().first?.mark ?? mark,
                tokens.isEmpty
                    ? "`actions` has no token: set one of \(name), for nobody else may start trainings"
                    : "`actions` has more than one token: keep one of \(name)"
            )
        }
        if draft.rules.isAbsent {
            complain(
                at: mark,
                "`actions` has no `rules`; add one, as in `rules: [{ alerts: [KoreAIModelOutOfSync*] }]`"
            )
        }
        let standard = ActionRuleDraft.standard
        let rules = (draft.rules.value ?? []).compactMap { entry -> AlertActionSettings.Rule? in
            guard let rule = entry.value else { return nil }
            if rule.alerts.isAbsent {
                complain(at: entry.mark, "this rule has no `alerts`; name them by patterns, as in `alerts: [KoreAI*]`")
            }
            return AlertActionSettings.Rule(
                alerts: rule.alerts.value ?? [],
                bots: rule.bots.value ?? standard.bots,
                coolDown: rule.coolDown.value ?? standard.coolDown,
                maxPerDay: rule.maxPerDay.value ?? standard.maxPerDay
            )
        }
        return tokens.first?.value.map {
            AlertActionSettings(token: $0, isDryRun: draft.dryRun.value ?? false, rules: rules)
        }
    }
}
