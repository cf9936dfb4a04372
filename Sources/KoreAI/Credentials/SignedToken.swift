import FoundationEssentials
import JWTKit
import Model
import Synchronization

/// Tokens that are signed here with an app's client secret.
final class SigningTokenSource: TokenSource {
    private let name: String
    private let signer: TokenSigner
    private let clock: @Sendable () -> Timestamp
    private let state: Mutex<SignedToken>
    /// One caller signs for all.
    private let lock = AsyncLock()

    init(name: String, credential: ClientCredential, clock: @escaping @Sendable () -> Timestamp) {
        self.name = name
        self.signer = TokenSigner(credential: credential)
        self.clock = clock
        let isForOneRequest = credential.claims.contains(.jti)
        self.state = Mutex(SignedToken(isForOneRequest: isForOneRequest, lifetime: signer.lifetime))
    }

    var origin: String? { nil }

    func token() async throws -> Secret {
        guard !signer.credential.claims.contains(.jti) else { return try await signed(at: clock()) }
        let now = clock()
        if let token = state.withLock({ $0.token(at: now) }) { return token }
        return try await lock.withLock {
            let now = clock()
            if let token = state.withLock({ $0.token(at: now) }) { return token }
            let token = try await signed(at: now)
            state.withLock { $0.keep(token, issuedAt: now) }
            return token
        }
    }

    func refused(_ token: Secret) {
        state.withLock { $0.refused(token) }
    }

    private func signed(at now: Timestamp) async throws -> Secret {
        guard !signer.credential.clientSecret.isEmpty else {
            throw failure("has an empty client secret: check client_secret, or the file or variable it is read from")
        }
        do {
            return try await signer.token(at: now, id: UUID().uuidString.lowercased())
        } catch {
            throw failure("could not sign a token: check client_secret and algorithm")
        }
    }

    private func failure(_ what: String) -> APIError {
        APIError(reason: .auth, code: 0, message: "Credential \(name) \(what)")
    }
}

/// The token in use of a client credential, and whether it may be used again.
struct SignedToken {
    /// Every token serves one request: it has a `jti`.
    let isForOneRequest: Bool
    /// The lifetime of a token, in milliseconds.
    let lifetime: Int64

    private var current: (token: Secret, issuedAt: Timestamp)?

    /// - Parameter lifetime: The lifetime of a token, in seconds.
    init(isForOneRequest: Bool, lifetime: Int64) {
        self.isForOneRequest = isForOneRequest
        self.lifetime = lifetime * 1000
    }

    /// The token in use, until a minute before its end, or a tenth of its lifetime before where that is less.
    ///
    /// - Returns: `nil` where a new one has to be signed, also when the clock was set back before the token's start.
    func token(at now: Timestamp) -> Secret? {
        guard let current else { return nil }
        let age = now.milliseconds - current.issuedAt.milliseconds
        guard age >= 0, age < lifetime - min(60_000, lifetime / 10) else { return nil }
        return current.token
    }

    /// A new token was signed.
    mutating func keep(_ token: Secret, issuedAt now: Timestamp) {
        guard !isForOneRequest else { return }
        current = (token, now)
    }

    /// The platform refused a token. Another one that is in use by now stays.
    mutating func refused(_ token: Secret) {
        if current?.token == token { current = nil }
    }
}

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

/// Signs the tokens of a client credential.
struct TokenSigner: Sendable {
    let credential: ClientCredential

    /// A token issued now.
    ///
    /// - Parameters:
    ///   - now: Becomes `iat`, cut to the second, and the start of the lifetime.
    ///   - id: The `jti`, where the credential has one.
    func token(at now: Timestamp, id: String) async throws -> Secret {
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: key), digestAlgorithm: digest)
        return Secret(try await keys.sign(claims(at: now, id: id)))
    }

    /// The longest life of a token with a `jti`, in seconds. The platform takes no more than an hour, by its own clock,
    /// which may be behind ours; and such a token is sent at once.
    private static let longestForOneRequest: Int64 = 3600 - 300

    /// How long a token lives, in seconds: at least one.
    var lifetime: Int64 {
        let seconds = max(1, min(credential.tokenLifetime.components.seconds, 365 * 86_400))
        return credential.claims.contains(.jti) ? min(seconds, Self.longestForOneRequest) : seconds
    }

    private func claims(at now: Timestamp, id: String) -> TokenClaims {
        let issued = now.milliseconds / 1000
        let claims = credential.claims
        return TokenClaims(
            sub: claims.contains(.sub) ? credential.subject : nil,
            appId: claims.contains(.appId) ? credential.clientID : nil,
            iss: claims.contains(.iss) ? credential.clientID : nil,
            aud: claims.contains(.aud) ? credential.audience : nil,
            iat: claims.contains(.iat) ? issued : nil,
            exp: claims.contains(.exp) ? issued + lifetime : nil,
            jti: claims.contains(.jti) ? id : nil
        )
    }

    /// The secret, filled up with zeros to the size of the digest, below which JWTKit stops a debug build and says that
    /// it will stop any. The signature stays the same: HMAC itself fills keys up with zeros to the larger block size
    /// (RFC 2104, 2).
    private var key: [UInt8] {
        let bytes = Array(credential.clientSecret.reveal().utf8)
        return bytes + Array(repeating: 0, count: max(0, digestBytes - bytes.count))
    }

    private var digest: DigestAlgorithm {
        switch credential.algorithm {
        case .hs256: .sha256
        case .hs384: .sha384
        case .hs512: .sha512
        }
    }

    private var digestBytes: Int {
        switch credential.algorithm {
        case .hs256: 32
        case .hs384: 48
        case .hs512: 64
        }
    }
}
