/// What can be told of the header `auth` without knowing the time.
enum TokenFinding: Sendable, Hashable {
    case missing
    /// Not three parts of base64url JSON, as a token with `Bearer` before it is not.
    case malformed
    /// No credential has this client id, or the signature is not its secret's.
    case unverified
    /// One of a credential's ready tokens; `credential` is the credential's name.
    case ready(credential: String)
    case signed(credential: String, TokenClaims)
}
