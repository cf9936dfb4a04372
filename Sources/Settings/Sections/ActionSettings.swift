package import Model

/// The section `actions`: what alerts make the exporter do.
package struct AlertActionSettings: Sendable, Hashable {
    /// Which alerts start a training, and how often.
    package struct Rule: Sendable, Hashable {
        /// Of the label `alertname`; at least one.
        package var alerts: [NamePattern]
        /// Of the label `bot`; at least one.
        package var bots: [NamePattern]
        /// Between two trainings of a bot, engine and language.
        package var coolDown: Duration
        /// The most trainings of a bot in 24 hours, of all its engines and languages together.
        package var maxPerDay: Int

        package init(
            alerts: [NamePattern],
            bots: [NamePattern] = [NamePattern("*")],
            coolDown: Duration = .seconds(3600),
            maxPerDay: Int = 4
        ) {
            self.alerts = alerts
            self.bots = bots
            self.coolDown = coolDown
            self.maxPerDay = maxPerDay
        }
    }

    /// What Alertmanager has to send.
    package var token: Secret
    /// Whether it is only told what would be done.
    package var isDryRun: Bool
    /// In the order of the file: of an alert the first that fits counts.
    package var rules: [Rule]

    package init(token: Secret, isDryRun: Bool = false, rules: [Rule]) {
        self.token = token
        self.isDryRun = isDryRun
        self.rules = rules
    }
}

/// The section `actions`.
struct ActionsDraft: SectionDraft {
    var token: Given<Secret> = .absent
    var tokenFile: Given<Secret> = .absent
    var tokenVariable: Given<Secret> = .absent
    var dryRun: Given<Bool> = .absent
    var rules: Given<[Located<ActionRuleDraft>]> = .absent

    static let section = "`actions`"

    static let keys: [SettingKey<ActionsDraft>] = [
        SettingKey(
            "bearer_token",
            .secret,
            into: \.token,
            "The token that Alertmanager has to send. Better kept in a file or a variable. One of the three is required."
        ),
        SettingKey(
            "bearer_token_file",
            .secretFile,
            into: \.tokenFile,
            "A file with that token and nothing else, at most 64 KiB. Read at start and at reload."
        ),
        SettingKey(
            "bearer_token_env",
            .secretVariable,
            into: \.tokenVariable,
            "The environment variable with that token."
        ),
        SettingKey(
            "dry_run",
            .flag,
            into: \.dryRun,
            default: "`false`",
            "Only tells what would be done, in the log and in `koreai_actions_total`."
        ),
        SettingKey(
            "rules",
            .sections(example: "alerts: [KoreAIModelOutOfSync*]"),
            into: \.rules,
            "Which alerts start a training. Of several that fit, the first counts. Required."
        ),
    ]
}

/// An entry of `rules` of `actions`.
struct ActionRuleDraft: SectionDraft {
    var alerts: Given<[NamePattern]> = .absent
    var bots: Given<[NamePattern]> = .absent
    var coolDown: Given<Duration> = .absent
    var maxPerDay: Given<Int> = .absent

    static let section = "a rule of `actions`"

    static let keys: [SettingKey<ActionRuleDraft>] = [
        SettingKey("alerts", .patterns, into: \.alerts, "Patterns of alerts' names that start a training. Required."),
        SettingKey(
            "bots",
            .patterns,
            into: \.bots,
            default: "`['*']`",
            "Patterns of the `bot` labels that it holds for."
        ),
        SettingKey(
            "cool_down",
            .duration(.seconds(60)...(.seconds(2_592_000))),
            into: \.coolDown,
            default: "`\(standard.coolDown.prometheusText)`",
            "Between two trainings of a bot, engine and language. From `1m` to `30d`."
        ),
        SettingKey(
            "max_per_day",
            .integer(1...1000),
            into: \.maxPerDay,
            default: "`\(standard.maxPerDay)`",
            "The most trainings of a bot in any 24 hours, of all engines and languages together. From 1 to 1000."
        ),
    ]

    /// Where the defaults come from.
    static let standard = AlertActionSettings.Rule(alerts: [])
}

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
