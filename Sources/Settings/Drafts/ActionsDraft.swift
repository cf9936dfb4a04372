import Secrets

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
