import FoundationEssentials
import JWTKit
import Secrets

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
        let seconds = max(1, min(credential.lifetime.components.seconds, 365 * 86_400))
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
