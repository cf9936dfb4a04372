/// What the platform reads of a token whose signature is good.
struct TokenClaims: Sendable, Hashable {
    var clientID: String
    var subject: String?
    /// Unix time in seconds.
    var expiry: Double?
    var id: String?
}
