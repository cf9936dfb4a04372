package import Secrets

/// `client_id` and its secret, and how tokens are written.
package struct ClientCredentialSettings: Sendable, Hashable {
    /// A word of `algorithm:`.
    package enum Algorithm: String, Sendable, Hashable, CaseIterable {
        case hs256 = "HS256"
        case hs384 = "HS384"
        case hs512 = "HS512"
    }

    /// A word of `claims:`, spelled as the platform reads it.
    package enum Claim: String, Sendable, Hashable, CaseIterable {
        case sub
        case appId
        case iss
        case aud
        case iat
        case exp
        case jti
    }

    package var clientID: String
    package var clientSecret: Secret
    package var algorithm: Algorithm
    /// `sub` and `appId` always; `jti` makes a fresh token for each request.
    package var claims: Set<Claim>
    package var audience: String
    package var subject: String
    /// At most an hour where there is a `jti`, at most a day otherwise.
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
