import JWTKit
import Synchronization

/// Checks tokens' signatures, each token once.
final class TokenVerifier: Sendable {
    private struct Key: Sendable {
        var credential: String
        var keys: JWTKeyCollection
    }

    /// Only what concerns the platform; the times are ``Access``'s to judge, by the simulator's clock.
    private struct Payload: JWTPayload {
        var appId: String
        var sub: String?
        var exp: Double?
        var jti: String?

        func verify(using algorithm: some JWTAlgorithm) {}
    }

    /// By client id.
    private let keys: [String: Key]
    /// Findings for tokens that are sent again and again: the ready ones and those without `jti`.
    private let known: Mutex<[String: TokenFinding]>
    private let ready: [String: TokenFinding]
    private static let capacity = 10_000

    init(_ credentials: [Scenario.Credential]) async {
        var keys: [String: Key] = [:]
        var ready: [String: TokenFinding] = [:]
        for credential in credentials {
            for token in credential.tokens { ready[token] = .ready(credential: credential.name) }
            let algorithm: DigestAlgorithm =
                switch credential.algorithm {
                case .hs256: .sha256
                case .hs384: .sha384
                case .hs512: .sha512
                }
            let collection = JWTKeyCollection()
            await collection.add(hmac: Self.key(credential.clientSecret), digestAlgorithm: algorithm)
            keys[credential.clientID] = Key(credential: credential.name, keys: collection)
        }
        self.keys = keys
        self.ready = ready
        known = Mutex([:])
    }

    /// JWTKit refuses, by an assertion, a key that is shorter than its hash. HMAC itself fills a short key with zeros
    /// up to the hash's block (RFC 2104), so that with some of them already there it is the same key.
    private static func key(_ secret: String) -> HMACKey {
        let bytes = Array(secret.utf8)
        return HMACKey(from: bytes + Array(repeating: 0, count: max(0, 64 - bytes.count)))
    }

    /// - Parameter header: The header `auth`.
    func find(_ header: String?) async -> TokenFinding {
        guard let header, !header.isEmpty else { return .missing }
        if let finding = ready[header] ?? known.withLock({ $0[header] }) { return finding }
        let finding = await verify(header)
        if case .signed(_, let claims) = finding, claims.id != nil { return finding }
        known.withLock { known in
            if known.count >= Self.capacity { known.removeAll() }
            known[header] = finding
        }
        return finding
    }

    private func verify(_ token: String) async -> TokenFinding {
        guard let parsed = try? DefaultJWTParser().parse(Array(token.utf8), as: AnyPayload.self) else {
            return .malformed
        }
        guard let clientID = parsed.payload.appId, let key = keys[clientID],
            let payload = try? await key.keys.verify(token, as: Payload.self)
        else { return .unverified }
        return .signed(
            credential: key.credential,
            TokenClaims(clientID: payload.appId, subject: payload.sub, expiry: payload.exp, id: payload.jti)
        )
    }

    /// Any claims at all, to tell a token without a good `appId` from what is no token.
    private struct AnyPayload: JWTPayload {
        var appId: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            appId = try? container.decodeIfPresent(String.self, forKey: .appId)
        }

        func verify(using algorithm: some JWTAlgorithm) {}

        enum CodingKeys: CodingKey { case appId }
    }
}
