import Secrets

/// An entry of `credentials`.
struct CredentialDraft: SectionDraft {
    var name: Given<String> = .absent
    var clientID: Given<String> = .absent
    var clientSecret: Given<Secret> = .absent
    var clientSecretFile: Given<Secret> = .absent
    var clientSecretVariable: Given<Secret> = .absent
    var tokenFile: Given<String> = .absent
    var tokenVariable: Given<Secret> = .absent
    var algorithm: Given<ClientCredentialSettings.Algorithm> = .absent
    var claims: Given<[ClientCredentialSettings.Claim]> = .absent
    var audience: Given<String> = .absent
    var subject: Given<String> = .absent
    var tokenLifetime: Given<Duration> = .absent

    static let section = "a credential"

    static let keys: [SettingKey<CredentialDraft>] = [
        SettingKey("name", .name, into: \.name, "What `credential` of a bot calls it: unique, at most 128 characters."),
        SettingKey(
            "client_id",
            .plainText,
            into: \.clientID,
            "The id of the app on the platform, `cs-…`. Needs one of the three secrets."
        ),
        SettingKey(
            "client_secret",
            .secret,
            into: \.clientSecret,
            "The app's secret itself. Better kept in a file or a variable."
        ),
        SettingKey(
            "client_secret_file",
            .secretFile,
            into: \.clientSecretFile,
            "A file with the app's secret and nothing else, at most 64 KiB. Read at start and at reload."
        ),
        SettingKey(
            "client_secret_env",
            .secretVariable,
            into: \.clientSecretVariable,
            "The environment variable with the app's secret."
        ),
        SettingKey(
            "algorithm",
            .word(),
            into: \.algorithm,
            default: "`\(standard.algorithm.rawValue)`",
            "How tokens are signed. An app that is mapped to API scopes accepts only `HS256`."
        ),
        SettingKey(
            "claims",
            .words(),
            into: \.claims,
            default:
                "`[\(ClientCredentialSettings.Claim.allCases.filter(standard.claims.contains).map(\.rawValue).joined(separator: ", "))]`",
            "What tokens say. `sub` and `appId` are required; `jti` makes a fresh token for each request, as apps with \"Enforce JTI\" need, and wants `exp`."
        ),
        SettingKey("audience", .plainText, into: \.audience, default: "`\(standard.audience)`", "The claim `aud`."),
        SettingKey("subject", .plainText, into: \.subject, default: "`\(standard.subject)`", "The claim `sub`."),
        SettingKey(
            "token_lifetime",
            .duration(.seconds(10)...(.seconds(86_400))),
            into: \.tokenLifetime,
            default: "`\(standard.tokenLifetime.prometheusText)`",
            "How long a token is valid. From `10s` to `1h` with `jti`, otherwise to `1d`."
        ),
        SettingKey(
            "token_file",
            .readableFile,
            into: \.tokenFile,
            "A file with a ready token, instead of `client_id` and a secret. Read again when it changes."
        ),
        SettingKey(
            "token_env",
            .secretVariable,
            into: \.tokenVariable,
            "The environment variable with a ready token, instead of `client_id` and a secret."
        ),
    ]

    /// Where the defaults come from.
    static let standard = ClientCredentialSettings(clientID: "", clientSecret: Secret(""))
}
