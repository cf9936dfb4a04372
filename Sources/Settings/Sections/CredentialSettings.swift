package import Model

/// One entry of `credentials:`, secrets already read from where the file says they are.
package struct CredentialSettings: Sendable, Hashable {
    package var name: String
    package var source: CredentialSource

    package init(name: String, source: CredentialSource) {
        self.name = name
        self.source = source
    }
}

/// An entry of `credentials`.
struct CredentialDraft: SectionDraft {
    var name: Given<String> = .absent
    var clientID: Given<String> = .absent
    var clientSecret: Given<Secret> = .absent
    var clientSecretFile: Given<Secret> = .absent
    var clientSecretVariable: Given<Secret> = .absent
    var tokenFile: Given<String> = .absent
    var tokenVariable: Given<Secret> = .absent
    var algorithm: Given<ClientCredential.Algorithm> = .absent
    var claims: Given<[ClientCredential.Claim]> = .absent
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
                "`[\(ClientCredential.Claim.allCases.filter(standard.claims.contains).map(\.rawValue).joined(separator: ", "))]`",
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
    static let standard = ClientCredential(clientID: "", clientSecret: Secret(""))
}

extension SettingsReading {
    /// The credentials that are whole, and what is known of the names of all.
    struct Credentials {
        var settings: [CredentialSettings] = []
        /// `nil` where an entry has no readable name, so that a bot's credential may be the one.
        var names: [String]? = []
    }

    mutating func credentials(of draft: FileDraft, root: SourceMark) -> Credentials {
        guard case .given(let entries, _) = draft.credentials else {
            if draft.credentials.isAbsent {
                complain(
                    at: root,
                    "`credentials` is missing; add at least one, with `name`, `client_id` and `client_secret_file`"
                )
            }
            return Credentials(names: nil)
        }
        var credentials = Credentials()
        var firstMarks: [String: SourceMark] = [:]
        for entry in entries {
            guard let draft = entry.value else {
                credentials.names = nil
                continue
            }
            let source = self.source(of: draft, at: entry.mark)
            guard case .given(let name, let mark) = draft.name else {
                if draft.name.isAbsent {
                    complain(at: entry.mark, "this credential has no `name`; bots refer to it by that")
                }
                credentials.names = nil
                continue
            }
            if let first = firstMarks[name] {
                complain(
                    at: mark,
                    "duplicate credential name \(Quotation.quoted(name)); the first is at \(first.line):\(first.column)"
                )
                continue
            }
            firstMarks[name] = mark
            credentials.names?.append(name)
            if let source { credentials.settings.append(CredentialSettings(name: name, source: source)) }
        }
        return credentials
    }

    /// What tokens are made from: exactly one of the ways.
    private mutating func source(of draft: CredentialDraft, at mark: SourceMark) -> CredentialSource? {
        let secrets: [(key: String, given: Given<Secret>)] = [
            ("client_secret", draft.clientSecret), ("client_secret_file", draft.clientSecretFile),
            ("client_secret_env", draft.clientSecretVariable),
        ].filter { !$0.1.isAbsent }
        let tokens = [("token_file", draft.tokenFile.mark), ("token_env", draft.tokenVariable.mark)]
            .compactMap { key, mark in mark.map { (key: key, mark: $0) } }

        guard let token = tokens.first else { return client(of: draft, secrets: secrets, at: mark) }
        if tokens.count > 1 {
            complain(at: tokens[1].mark, "`token_file` and `token_env` exclude each other; keep one")
        }
        let clientMarks = [draft.clientID.mark] + secrets.map { $0.given.mark }
        if let clientMark = clientMarks.compactMap({ $0 }).min() {
            complain(
                at: max(clientMark, token.mark),
                "a ready token (`\(token.key)`) and `client_id` exclude each other; keep one way"
            )
        } else {
            refuseTokenKeys(of: draft, token: token.key)
        }
        if case .given(let path, _) = draft.tokenFile { return .tokenFile(path: path) }
        if case .given(let secret, let mark) = draft.tokenVariable {
            if secret.reveal().contains(where: \.isWhitespace) {
                complain(at: mark, "`token_env`: the token must not hold spaces; leave out words such as `Bearer`")
            }
            return .token(secret)
        }
        return nil
    }

    /// Keys that say how tokens are written mean nothing for a token that is ready.
    private mutating func refuseTokenKeys(of draft: CredentialDraft, token: String) {
        let keys = [
            ("algorithm", draft.algorithm.mark), ("claims", draft.claims.mark), ("audience", draft.audience.mark),
            ("subject", draft.subject.mark), ("token_lifetime", draft.tokenLifetime.mark),
        ]
        for case (let key, .some(let mark)) in keys {
            complain(at: mark, "`\(key)` has no effect on a ready token (`\(token)`); remove it")
        }
    }

    private mutating func client(
        of draft: CredentialDraft,
        secrets: [(key: String, given: Given<Secret>)],
        at mark: SourceMark
    ) -> CredentialSource? {
        if draft.clientID.isAbsent, secrets.isEmpty {
            complain(
                at: mark,
                "this credential has nothing to make tokens from; add `client_id` and `client_secret_file`, or `token_file`"
            )
            return nil
        }
        if secrets.count > 1, let second = secrets.compactMap({ $0.given.mark }).sorted().dropFirst().first {
            complain(at: second, "\(Quotation.list(secrets.map(\.key))) exclude each other; keep one")
        }
        if draft.clientID.isAbsent, let secret = secrets.first, let mark = secret.given.mark {
            complain(at: mark, "`\(secret.key)` needs `client_id`")
        }
        if secrets.isEmpty, let mark = draft.clientID.mark {
            complain(at: mark, "`client_id` needs one of `client_secret_file`, `client_secret_env` and `client_secret`")
        }
        checkClaims(of: draft)
        guard let clientID = draft.clientID.value, let secret = secrets.first?.given.value else { return nil }
        var settings = ClientCredential(clientID: clientID, clientSecret: secret)
        settings.algorithm = draft.algorithm.value ?? settings.algorithm
        settings.claims = draft.claims.value.map(Set.init) ?? settings.claims
        settings.audience = draft.audience.value ?? settings.audience
        settings.subject = draft.subject.value ?? settings.subject
        settings.tokenLifetime = draft.tokenLifetime.value ?? settings.tokenLifetime
        return .client(settings)
    }

    /// The platform's rules for tokens: "Enforce JTI" and the least that a token must say.
    private mutating func checkClaims(of draft: CredentialDraft) {
        guard case .given(let claims, let mark) = draft.claims else { return }
        let missing = [ClientCredential.Claim.sub, .appId].filter { !claims.contains($0) }.map(\.rawValue)
        if !missing.isEmpty {
            complain(at: mark, "`claims` must hold `sub` and `appId`; add \(Quotation.list(missing))")
        }
        guard claims.contains(.jti) else { return }
        if !claims.contains(.exp) {
            complain(
                at: mark,
                "`claims` with `jti` must hold `exp` too: the platform limits how long such a token lives"
            )
        }
        if case .given(let lifetime, let mark) = draft.tokenLifetime, lifetime > .seconds(3600) {
            complain(
                at: mark,
                "`token_lifetime` must be at most 1h where `claims` has `jti`, not `\(lifetime.prometheusText)`"
            )
        }
    }
}
