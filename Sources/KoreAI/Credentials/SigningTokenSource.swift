import FoundationEssentials
import Secrets
import Synchronization

/// Tokens that are signed here with an app's client secret.
final class SigningTokenSource: TokenSource {
    private let name: String
    private let signer: TokenSigner
    private let clock: @Sendable () -> Timestamp
    private let state: Mutex<SignedToken>
    private let flight = SingleFlight()

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
        return try await flight {
            let now = clock()
            return state.withLock { $0.token(at: now) }
        } make: {
            let now = clock()
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
