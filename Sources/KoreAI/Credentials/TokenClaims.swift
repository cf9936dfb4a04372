import JWTKit

/// The claims of a token, spelled as the platform reads them. What is `nil` is left out.
struct TokenClaims: JWTPayload, Hashable {
    var sub: String?
    var appId: String?
    var iss: String?
    var aud: String?
    /// Unix time in seconds.
    var iat: Int64?
    /// Unix time in seconds.
    var exp: Int64?
    var jti: String?

    /// Nothing to check: these tokens are signed here and verified by the platform.
    func verify(using algorithm: some JWTAlgorithm) async throws {}
}
