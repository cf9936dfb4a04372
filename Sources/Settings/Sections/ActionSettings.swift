package import Model

/// The section `actions`: the trainings that alerts start.
package struct AlertActionSettings: Sendable, Hashable {
    /// A rule that says which alerts start a training, and how often.
    package struct Rule: Sendable, Hashable {
        /// Patterns of the label `alertname`; at least one.
        package var alerts: [NamePattern]
        /// Patterns of the label `bot`; at least one.
        package var bots: [NamePattern]
        /// The least time between two trainings of a bot, engine and language.
        package var coolDown: Duration
        /// The most trainings of a bot in 24 hours, for all its engines and languages together.
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

    /// The bearer token that Alertmanager has to send.
    package var token: Secret
    /// Whether actions are only logged and counted, not started.
    package var isDryRun: Bool
    /// In the order of the file; the first rule that matches an alert counts.
    package var rules: [Rule]

    package init(token: Secret, isDryRun: Bool = false, rules: [Rule]) {
        self.token = token
        self.isDryRun = isDryRun
        self.rules = rules
    }
}

extension AlertActionSettings {
    static let table = SettingsTable<AlertActionSettings>(
        "`actions`",
        standard: AlertActionSettings(token: Secret(""), rules: []),
        keys: [
            SettingKey("bearer_token", .secret, into: \.token)
                .meaning(
                    "The token that Alertmanager has to send. Better kept in a file or a variable. One of the three is required."
                ),
            SettingKey("bearer_token_file", .secretFile.unwritten, into: \.token)
                .meaning("A file with that token and nothing else, at most 64 KiB. Read at start and at reload."),
            SettingKey("bearer_token_env", .secretVariable.unwritten, into: \.token)
                .meaning("The environment variable with that token."),
            SettingKey("dry_run", .flag, into: \.isDryRun)
                .meaning("Only tells what would be done, in the log and in `koreai_actions_total`."),
            SettingKey(
                "rules",
                .sections(Rule.table, example: "alerts: [KoreAIModelOutOfSync*]"),
                into: \.rules,
                required: "add one, as in `rules: [{ alerts: [KoreAIModelOutOfSync*] }]`"
            )
            .meaning("Which alerts start a training. Of several that fit, the first counts. Required."),
        ],
        check: check
    )

    private static func check(_ actions: inout Located<AlertActionSettings>, _ reading: inout SettingsReading) {
        let tokens = ["bearer_token", "bearer_token_file", "bearer_token_env"].compactMap { actions[$0]?.mark }
        guard tokens.count != 1 else { return }
        let names = "`bearer_token_file`, `bearer_token_env` and `bearer_token`"
        reading.complain(
            at: tokens.dropFirst().first ?? actions.mark,
            tokens.isEmpty
                ? "`actions` has no token: set one of \(names), for nobody else may start trainings"
                : "`actions` has more than one token: keep one of \(names)"
        )
    }
}

extension AlertActionSettings.Rule {
    static let table = SettingsTable<AlertActionSettings.Rule>(
        "a rule of `actions`",
        subject: "this rule",
        standard: AlertActionSettings.Rule(alerts: []),
        keys: [
            SettingKey(
                "alerts",
                .patterns,
                into: \.alerts,
                required: "name them by patterns, as in `alerts: [KoreAI*]`"
            )
            .meaning("Patterns of alerts' names that start a training. Required."),
            SettingKey("bots", .patterns, into: \.bots, default: "`['*']`")
                .meaning("Patterns of the `bot` labels that it holds for."),
            SettingKey("cool_down", .duration(.seconds(60)...(.seconds(2_592_000))), into: \.coolDown)
                .meaning("Between two trainings of a bot, engine and language. From `1m` to `30d`."),
            SettingKey("max_per_day", .integer(1...1000), into: \.maxPerDay)
                .meaning(
                    "The most trainings of a bot in any 24 hours, of all engines and languages together. From 1 to 1000."
                ),
        ]
    )
}
