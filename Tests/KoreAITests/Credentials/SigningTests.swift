import JWTKit
import Model
import Testing

@testable import KoreAI

struct SigningTests {
    static let clock = TestClock()
    static let secret = "not-a-real-secret-but-44-characters-long-abcd"

    private func client(_ change: (inout ClientCredential) -> Void = { _ in }) -> ClientCredential {
        var client = ClientCredential(clientID: "cs-0000", clientSecret: Secret(Self.secret))
        change(&client)
        return client
    }

    private func credential(_ client: ClientCredential, _ clock: TestClock = clock) -> Credential {
        Credential(name: "main", source: .client(client)) { clock.now }
    }

    @Test("A token has all claims by default, in whole seconds, signed with HS256")
    func defaults() async throws {
        let token = try await credential(client()).token()
        let verified = try await VerifiedToken(token, secret: Self.secret, digest: .sha256)
        #expect(verified.algorithm == "HS256")
        #expect(verified.type == "JWT")
        #expect(
            verified.claims
                == TokenClaims(
                    sub: "koreai-exporter",
                    appId: "cs-0000",
                    iss: "cs-0000",
                    aud: "https://idproxy.kore.ai/authorize",
                    iat: 1_767_225_600,
                    exp: 1_767_229_200
                )
        )
        #expect(verified.names == ["sub", "appId", "iss", "aud", "iat", "exp"])
    }

    @Test(
        "Each algorithm signs, also with a secret that is shorter than its digest",
        arguments: [
            (ClientCredential.Algorithm.hs256, DigestAlgorithm.sha256), (.hs384, .sha384), (.hs512, .sha512),
        ],
        [secret, "short", String(repeating: "long", count: 50)]
    )
    func algorithms(algorithm: (ClientCredential.Algorithm, DigestAlgorithm), secret: String) async throws {
        let client = client {
            $0.algorithm = algorithm.0
            $0.clientSecret = Secret(secret)
        }
        let token = try await credential(client).token()
        let verified = try await VerifiedToken(token, secret: secret, digest: algorithm.1)
        #expect(verified.algorithm == algorithm.0.rawValue)
        await #expect(throws: (any Error).self) {
            try await VerifiedToken(token, secret: secret + "x", digest: algorithm.1)
        }
    }

    @Test(
        "A token has exactly the claims that are configured",
        arguments: [
            [.sub, .appId], [.appId], [.sub, .appId, .jti], Set(ClientCredential.Claim.allCases), [],
        ] as [Set<ClientCredential.Claim>]
    )
    func claims(claims: Set<ClientCredential.Claim>) async throws {
        let token = try await credential(client { $0.claims = claims }).token()
        let verified = try await VerifiedToken(token, secret: Self.secret, digest: .sha256)
        #expect(verified.names == Set(claims.map(\.rawValue)))
    }

    @Test("Subject, audience and lifetime are as configured")
    func configured() async throws {
        let client = client {
            $0.subject = "me"
            $0.audience = "https://kore.example/authorize"
            $0.tokenLifetime = .seconds(86_400)
        }
        let token = try await credential(client).token()
        let claims = try await VerifiedToken(token, secret: Self.secret, digest: .sha256).claims
        #expect(claims.sub == "me")
        #expect(claims.aud == "https://kore.example/authorize")
        #expect(claims.exp == 1_767_312_000)
    }

    @Test("A lifetime of nothing or of an age neither traps nor gives a token that ends before it starts")
    func strangeLifetimes() async throws {
        for lifetime in [Duration.zero, .seconds(-5), .seconds(Int64.max), .nanoseconds(1)] {
            let token = try await credential(client { $0.tokenLifetime = lifetime }).token()
            let claims = try await VerifiedToken(token, secret: Self.secret, digest: .sha256).claims
            #expect(try #require(claims.exp) > 1_767_225_600)
        }
    }

    @Test("With jti every request has a new token with an id of its own, well below an hour")
    func jti() async throws {
        let clock = TestClock()
        let credential = credential(
            client {
                $0.claims.insert(.jti)
                $0.tokenLifetime = .seconds(86_400)
            },
            clock
        )
        var ids: Set<String> = []
        for _ in 0..<20 {
            let token = try await credential.token()
            let claims = try await VerifiedToken(token, secret: Self.secret, digest: .sha256).claims
            #expect(claims.exp == 1_767_228_900)
            ids.insert(try #require(claims.jti))
        }
        #expect(ids.count == 20)
        #expect(ids.allSatisfy { $0.utf8.count == 36 })
    }

    @Test("A token is used again until a minute before its end")
    func reuse() async throws {
        let clock = TestClock()
        let credential = credential(client(), clock)
        let first = try await credential.token()
        clock.advance(milliseconds: 3_539_999)
        #expect(try await credential.token() == first)
        clock.advance(milliseconds: 1)
        #expect(try await credential.token() != first)
    }

    @Test("A token that was refused is not used again, and a refusal that comes late changes nothing")
    func refused() async throws {
        let clock = TestClock()
        let credential = credential(client(), clock)
        let first = try await credential.token()
        clock.advance(milliseconds: 5000)
        credential.refused(first)
        let second = try await credential.token()
        #expect(second != first)
        clock.advance(milliseconds: 5000)
        credential.refused(first)
        #expect(try await credential.token() == second)
    }

    @Test("Many callers at once get one and the same token")
    func concurrent() async throws {
        // The subject is long, so that signing takes a while.
        let credential = credential(client { $0.subject = String(repeating: "x", count: 100_000) })
        let tokens = try await withThrowingTaskGroup(of: Secret.self) { group in
            for _ in 0..<200 { group.addTask { try await credential.token() } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(tokens.count == 1)
    }

    @Test("An empty client secret is an error that says what to check")
    func emptySecret() async throws {
        let credential = credential(client { $0.clientSecret = Secret("") })
        let error = await #expect(throws: APIError.self) { try await credential.token() }
        #expect(error?.reason == .auth)
        #expect(error?.code == 0)
        #expect(error?.message.contains("Credential main has an empty client secret") == true)
    }

    @Test("A token that is signed here has nothing to explain")
    func explanation() async throws {
        let clock = TestClock()
        let credential = credential(client(), clock)
        let token = try await credential.token()
        clock.advance(milliseconds: 86_400_000)
        #expect(credential.explanation(ofRefused: token) == nil)
    }
}
