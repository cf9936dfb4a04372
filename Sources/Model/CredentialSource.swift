/// An app's client id and secret, with the algorithm, claims and lifetime of its tokens.
package struct ClientCredential: Sendable, Hashable {
    /// The algorithm that signs tokens, named as in the `alg` of their header.
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
        /// The token's own id, never used twice: a token with it serves one request.
        case jti
    }

    package var clientID: String
    package var clientSecret: Secret
    package var algorithm: Algorithm
    /// The platform documents `sub` and `appId` as the minimum.
    package var claims: Set<Claim>
    /// The value of the claim `aud`.
    package var audience: String
    /// The value of the claim `sub`.
    package var subject: String
    /// How long a token is valid: at most a day. With a `jti` it is cut to 55 minutes, because the platform accepts at
    /// most an hour by its own clock.
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

/// Where the tokens of a credential come from.
package enum CredentialSource: Sendable, Hashable {
    /// An app's client id and secret, with which the exporter signs tokens.
    case client(ClientCredential)
    /// A ready token in a file, which is read again when it changes.
    case tokenFile(path: String)
    /// A ready token from an environment variable.
    case token(Secret)
}
