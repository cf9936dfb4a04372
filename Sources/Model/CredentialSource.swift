/// An app's client id and secret, and how its tokens are written.
package struct ClientCredential: Sendable, Hashable {
    package enum Algorithm: String, Sendable, Hashable, CaseIterable {
        case hs256 = "HS256"
        case hs384 = "HS384"
        case hs512 = "HS512"
    }

    /// The claims that a token can have, spelled as the platform reads them.
    package enum Claim: String, Sendable, Hashable, CaseIterable {
        case sub
        case appId
        case iss
        case aud
        case iat
        case exp
        /// Never used twice: a token with it serves one request.
        case jti
    }

    package var clientID: String
    package var clientSecret: Secret
    package var algorithm: Algorithm
    /// `sub` and `appId` are what the platform documents as the minimum.
    package var claims: Set<Claim>
    package var audience: String
    package var subject: String
    /// How long a token lives: at most a day. Where there is a `jti`, no more than 55 minutes of it are used: the platform
    /// takes at most an hour by its own clock.
    package var tokenLifetime: Duration

    package init(
        clientID: String,
        clientSecret: Secret,
        algorithm: Algorithm = .hs256,
        claims: Set<Claim> = [.sub, .appId, .iss, .aud, .iat, .exp],
        audience: String = "https://idproxy.kore.ai/authorize",
        subject: String = "koreai-exporter",
        tokenLifetime: Duration = .seconds(3600)
    ) {
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.algorithm = algorithm
        self.claims = claims
        self.audience = audience
        self.subject = subject
        self.tokenLifetime = tokenLifetime
    }
}

/// What the tokens of a credential are made from.
package enum CredentialSource: Sendable, Hashable {
    /// An app's client id and secret: tokens are signed here.
    case client(ClientCredential)
    /// A ready token in a file, read again when the file changes.
    case tokenFile(path: String)
    /// A ready token that was in the environment.
    case token(Secret)
}
