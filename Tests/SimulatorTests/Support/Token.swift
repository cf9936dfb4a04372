import JWTKit

/// Tokens as an exporter would sign them.
enum Token {
    struct Claims: JWTPayload {
        var appId: String?
        var sub: String? = "tester"
        var exp: Double?
        var jti: String?

        func verify(using algorithm: some JWTAlgorithm) {}
    }

    static func sign(
        clientID: String? = "cs-main",
        secret: String = "main-secret",
        algorithm: DigestAlgorithm = .sha256,
        subject: String? = "tester",
        expiry: Double? = nil,
        id: String? = nil
    ) async throws -> String {
        let keys = JWTKeyCollection()
        // Zeros at the end make no other HMAC key, and one that is long enough for JWTKit.
        let key = HMACKey(from: Array(secret.utf8) + Array(repeating: 0, count: max(0, 64 - secret.utf8.count)))
        await keys.add(hmac: key, digestAlgorithm: algorithm)
        return try await keys.sign(Claims(appId: clientID, sub: subject, exp: expiry, jti: id))
    }
}
