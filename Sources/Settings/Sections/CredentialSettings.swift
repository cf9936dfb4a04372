package import Model

/// An entry of `credentials`, with its secrets already read.
package struct CredentialSettings: Sendable, Hashable {
    package var name: String
    package var source: CredentialSource

    package init(name: String, source: CredentialSource) {
        self.name = name
        self.source = source
    }
}

/// The three kinds of ``CredentialSettings/source``, as properties for the keys.
extension CredentialSettings {
    fileprivate var client: ClientCredential {
        get { if case .client(let client) = source { client } else { .standard } }
        set { source = .client(newValue) }
    }

    fileprivate var isClient: Bool {
        if case .client = source { true } else { false }
    }

    fileprivate var tokenFile: String? {
        get { if case .tokenFile(let path) = source { path } else { nil } }
        set { source = newValue.map { .tokenFile(path: $0) } ?? source }
    }

    fileprivate var token: Secret? {
        get { if case .token(let token) = source { token } else { nil } }
        set { source = newValue.map { .token($0) } ?? source }
    }
}

extension ClientCredential {
    fileprivate static let standard = ClientCredential(clientID: "", clientSecret: Secret(""))

    fileprivate static let keys: [SettingKey<ClientCredential>] = [
        SettingKey("client_id", .plainText, into: \.clientID)
            .meaning("The id of the app on the platform, `cs-…`. Needs one of the three secrets."),
        SettingKey("client_secret", .secret, into: \.clientSecret)
            .meaning("The app's secret itself. Better kept in a file or a variable."),
        SettingKey("client_secret_file", .secretFile.unwritten, into: \.clientSecret)
            .meaning("A file with the app's secret and nothing else, at most 64 KiB. Read at start and at reload."),
        SettingKey("client_secret_env", .secretVariable.unwritten, into: \.clientSecret)
            .meaning("The environment variable with the app's secret."),
        SettingKey("algorithm", .word(), into: \.algorithm)
            .meaning("How tokens are signed. An app that is mapped to API scopes accepts only `HS256`."),
        SettingKey("claims", .wordSet(), into: \.claims)
            .meaning(
                "What tokens say. `sub` and `appId` are required; `jti` makes a fresh token for each request, as apps with \"Enforce JTI\" need, and wants `exp`."
            ),
        SettingKey("audience", .plainText, into: \.audience)
            .meaning("The claim `aud`."),
        SettingKey("subject", .plainText, into: \.subject)
            .meaning("The claim `sub`."),
        SettingKey("token_lifetime", .duration(.seconds(10)...(.seconds(86_400))), into: \.tokenLifetime)
            .meaning("How long a token is valid. From `10s` to `1h` with `jti`, otherwise to `1d`."),
    ]
}

extension CredentialSettings {
    static let table = SettingsTable<CredentialSettings>(
        "a credential",
        subject: "this credential",
        standard: CredentialSettings(name: "", source: .client(.standard)),
        keys: [nameKey] + ClientCredential.keys.map { $0.lifted(\.client, writtenWhere: \.isClient) } + tokenKeys,
        check: check
    )

    private static let nameKey = SettingKey<CredentialSettings>(
        "name",
        .name,
        into: \.name,
        required: "bots refer to it by that"
    )
    .meaning("What `credential` of a bot calls it: unique, at most 128 characters.")

    private static let tokenKeys: [SettingKey<CredentialSettings>] = [
        SettingKey("token_file", .readableFile, intoOptional: \.tokenFile)
            .meaning("A file with a ready token, instead of `client_id` and a secret. Read again when it changes."),
        SettingKey("token_env", .secretVariable, intoOptional: \.token)
            .meaning("The environment variable with a ready token, instead of `client_id` and a secret."),
    ]

    /// Checks that names are unique, and notes the names for the checks of bots. If one name cannot be read, it notes
    /// none, because a bot may refer to that one.
    static func checkNames(of entries: [Located<CredentialSettings>?], _ reading: inout SettingsReading) {
        var marks: [String: SourceMark] = [:]
        var names: [String] = []
        for case let entry? in entries {
            guard let mark = entry.accepted("name") else { continue }
            if reading.isFirst(entry.name, at: mark, of: "credential name", in: &marks) { names.append(entry.name) }
        }
        reading.credentials = entries.allSatisfy { $0?.accepted("name") != nil } ? names : nil
    }

    private static let secretKeys = ["client_secret", "client_secret_file", "client_secret_env"]

    /// Checks that there is exactly one way to get tokens.
    private static func check(_ credential: inout Located<CredentialSettings>, _ reading: inout SettingsReading) {
        guard let token = credential.first(of: ["token_file", "token_env"]) else {
            return checkClient(of: credential, &reading)
        }
        if token.name == "token_file", let second = credential["token_env"] {
            reading.complain(at: second.mark, "`token_file` and `token_env` exclude each other; keep one")
        }
        if let clientMark = (["client_id"] + secretKeys).compactMap({ credential[$0]?.mark }).min() {
            reading.complain(
                at: max(clientMark, token.key.mark),
                "a ready token (`\(token.name)`) and `client_id` exclude each other; keep one way"
            )
        } else {
            // These keys describe how tokens are made, so they have no effect on a ready token.
            for key in ["algorithm", "claims", "audience", "subject", "token_lifetime"] {
                guard let mark = credential[key]?.mark else { continue }
                reading.complain(at: mark, "`\(key)` has no effect on a ready token (`\(token.name)`); remove it")
            }
        }
        if credential.accepted("token_file") == nil, let mark = credential.accepted("token_env"),
            case .token(let secret) = credential.source, secret.reveal().contains(where: \.isWhitespace)
        {
            reading.complain(
                at: mark,
                "`token_env`: the token must not hold spaces; leave out words such as `Bearer`"
            )
        }
    }

    private static func checkClient(of credential: Located<CredentialSettings>, _ reading: inout SettingsReading) {
        let secrets = secretKeys.filter { credential[$0] != nil }
        let client = credential["client_id"]
        if client == nil, secrets.isEmpty {
            reading.complain(
                at: credential.mark,
                "this credential has nothing to make tokens from; add `client_id` and `client_secret_file`, or `token_file`"
            )
            return
        }
        if let second = secrets.compactMap({ credential[$0]?.mark }).sorted().dropFirst().first {
            reading.complain(at: second, "\(Quotation.list(secrets)) exclude each other; keep one")
        }
        if client == nil, let secret = secrets.first, let mark = credential[secret]?.mark {
            reading.complain(at: mark, "`\(secret)` needs `client_id`")
        }
        if secrets.isEmpty, let mark = client?.mark {
            reading.complain(
                at: mark,
                "`client_id` needs one of `client_secret_file`, `client_secret_env` and `client_secret`"
            )
        }
        checkClaims(of: credential, &reading)
    }

    /// Checks the platform's rules for tokens: "Enforce JTI" and the required claims.
    private static func checkClaims(of credential: Located<CredentialSettings>, _ reading: inout SettingsReading) {
        guard let mark = credential.accepted("claims") else { return }
        let (claims, lifetime) = (credential.client.claims, credential.client.tokenLifetime)
        let missing = [ClientCredential.Claim.sub, .appId].filter { !claims.contains($0) }.map(\.rawValue)
        if !missing.isEmpty {
            reading.complain(at: mark, "`claims` must hold `sub` and `appId`; add \(Quotation.list(missing))")
        }
        guard claims.contains(.jti) else { return }
        if !claims.contains(.exp) {
            reading.complain(
                at: mark,
                "`claims` with `jti` must hold `exp` too: the platform limits how long such a token lives"
            )
        }
        if let mark = credential.accepted("token_lifetime"), lifetime > .seconds(3600) {
            reading.complain(
                at: mark,
                "`token_lifetime` must be at most 1h where `claims` has `jti`, not `\(lifetime.prometheusText)`"
            )
        }
    }
}
