/// The whole file.
struct FileDraft: SectionDraft {
    var defaults: Given<WatchDraft> = .absent
    var credentials: Given<[Located<CredentialDraft>]> = .absent
    var budgets: Given<BudgetDraft> = .absent
    var http: Given<HTTPDraft> = .absent
    var bots: Given<[Located<BotDraft>]> = .absent

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
            "What is watched: one entry for each bot. Required."
        ),
    ]
}
