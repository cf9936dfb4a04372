import Model
import Settings
import Testing

struct ActionSettingsTests {
    @Test("canaries and actions are off unless they are configured, and then have their defaults")
    func defaults() throws {
        let nothing = try parsed(ComplaintCase.credential + "bots: [{ name: a, id: b }]").get()
        #expect(nothing.canaries == [])
        #expect(nothing.actions == nil)
        let settings = try parsed(
            ComplaintCase.credential + """
                bots: [{ name: a, id: b }]
                canaries: [{ bots: [a] }, { bots: ['*'], action: train_faq, every: 6h, max_per_day: 1 }]
                actions:
                  bearer_token_env: KOREAI_TOKEN
                  rules: [{ alerts: [Drift*] }]
                """
        ).get()
        #expect(
            settings.canaries == [
                CanarySettings(bots: [NamePattern("a")]),
                CanarySettings(
                    action: .trainFAQ,
                    bots: [NamePattern("*")],
                    interval: .seconds(6 * 3600),
                    maxPerDay: 1
                ),
            ]
        )
        let rule = AlertActionSettings.Rule(alerts: [NamePattern("Drift*")])
        #expect(settings.actions == AlertActionSettings(token: Secret("env-token-7741"), rules: [rule]))
        #expect(!"\(settings)".contains("7741"))
    }

    static let cases: [ComplaintCase] = [
        .top("canaries: [{}]", "3:12: this canary has no `bots`; name them by patterns, as in `bots: [banking]`"),
        .top(
            "canaries: [{ bots: [a], action: train }]",
            "3:33: `action` must be `export`, `train_ml` or `train_faq`, not `train`; did you mean `train_ml`?"
        ),
        .top(
            "canaries: [{ bots: [a], every: 5s }]",
            "3:32: `every` must be at least 1m, not `5s`"
        ),
        .top(
            "actions: {}",
            "3:10: `actions` has no `rules`; add one, as in `rules: [{ alerts: [KoreAIModelOutOfSync*] }]`",
            "3:10: `actions` has no token: set one of `bearer_token_file`, `bearer_token_env` and `bearer_token`, for nobody else may start trainings"
        ),
        .top(
            "actions: { bearer_token: token-5512, bearer_token_env: KOREAI_TOKEN, rules: [{ alerts: [a] }] }",
            "3:56: `actions` has more than one token: keep one of `bearer_token_file`, `bearer_token_env` and `bearer_token`"
        ),
        .top(
            "actions: { bearer_token: token-5512, rules: [{}] }",
            "3:46: this rule has no `alerts`; name them by patterns, as in `alerts: [KoreAI*]`"
        ),
    ]

    @Test("mistakes are told with their place", arguments: cases)
    func mistakes(mistake: ComplaintCase) {
        #expect(complaints(about: mistake.yaml) == mistake.complaints)
    }
}
