/// The whole file.
struct FileDraft: SectionDraft {
    var defaults: Given<WatchDraft> = .absent
    var credentials: Given<[Located<CredentialDraft>]> = .absent
    var budgets: Given<BudgetDraft> = .absent
    var http: Given<HTTPDraft> = .absent
    var bots: Given<[Located<BotDraft>]> = .absent
    var discovery: Given<[Located<DiscoveryDraft>]> = .absent
    var canaries: Given<[Located<CanaryDraft>]> = .absent
    var actions: Given<ActionsDraft> = .absent

    static let section = "the file"

    static let keys: [SettingKey<FileDraft>] = [
        SettingKey("defaults", .section, into: \.defaults, "What holds for every bot that does not say otherwise."),
        SettingKey(
            "credentials",
            .sections(example: "name: main"),
            into: \.credentials,
            "Who asks: one entry for each app or token. Required."
        ),
        SettingKey("budgets", .section, into: \.budgets, "How many requests may be made."),
        SettingKey("http", .section, into: \.http, "How the platform is reached."),
        SettingKey(
            "bots",
            .sections(example: "name: banking"),
            into: \.bots,
            "What is watched: one entry for each bot. Required, unless there is `discovery`."
        ),
        SettingKey(
            "discovery",
            .sections(example: "credential: account"),
            into: \.discovery,
            default: "none",
            "What is watched besides: the bots of an account that match patterns, as its list tells them."
        ),
        SettingKey(
            "canaries",
            .sections(example: "bots: [banking]"),
            into: \.canaries,
            default: "none",
            "Exports and trainings that the exporter starts by itself from time to time."
        ),
        SettingKey(
            "actions",
            .section,
            into: \.actions,
            default: "none",
            "Trainings that alerts start, as Alertmanager tells of them."
        ),
    ]
}
