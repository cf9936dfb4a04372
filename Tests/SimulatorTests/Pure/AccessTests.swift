import JWTKit
import Testing

@testable import Simulator

@Suite("Who may call what")
struct AccessTests {
    private let scenario = Scenario(
        credentials: [
            Scenario.Credential(name: "main", clientID: "cs-main", clientSecret: "main-secret"),
            Scenario.Credential(
                name: "narrow",
                clientID: "cs-narrow",
                clientSecret: "narrow-secret",
                scopes: [.trainML]
            ),
            Scenario.Credential(
                name: "strict",
                clientID: "cs-strict",
                clientSecret: "strict-secret",
                algorithm: .hs512,
                requiresJTI: true
            ),
            Scenario.Credential(
                name: "admin",
                clientID: "cs-admin",
                clientSecret: "admin-secret",
                isAdmin: true,
                tokens: ["a.ready.token"]
            ),
        ],
        bots: [
            Scenario.Bot(id: "st-1", name: "one", credentials: ["main", "narrow", "strict"]),
            Scenario.Bot(id: "st-2", name: "two", credentials: ["narrow"]),
        ]
    )
    private let now = PlatformAsker.start

    private func claims(expiry: Double? = nil, id: String? = nil) -> TokenClaims {
        TokenClaims(clientID: "cs", subject: "tester", expiry: expiry.map { now.seconds + $0 }, id: id)
    }

    private func refusal(
        _ finding: TokenFinding,
        _ endpoint: Platform.Endpoint = .mlTrainStatus,
        bot: String? = "st-1"
    ) -> Reply? {
        var access = Access(scenario, start: now)
        switch access.admit(finding, endpoint: endpoint, bot: bot, at: now) {
        case .admitted: return nil
        case .refused(let reply): return reply
        }
    }

    @Test("A good token is good for its own bots and scopes alone")
    func checksBotsAndScopes() {
        #expect(refusal(.signed(credential: "main", claims())) == nil)
        #expect(refusal(.signed(credential: "main", claims()), bot: "st-2") == .invalidCredentials)
        #expect(refusal(.signed(credential: "main", claims()), bot: "st-9") == .invalidCredentials)
        #expect(refusal(.signed(credential: "narrow", claims())) == nil)
        #expect(refusal(.signed(credential: "narrow", claims()), .faqTrainStatus) == .scopeMissing)
        #expect(refusal(.signed(credential: "narrow", claims()), .mlExport) == .scopeMissing)
    }

    @Test("An admin credential is good for every bot and for the list of bots, and is told of unknown bots")
    func knowsAdmins() {
        #expect(refusal(.ready(credential: "admin"), bot: "st-2") == nil)
        #expect(refusal(.ready(credential: "admin"), bot: "st-9") == .invalidStream)
        #expect(refusal(.ready(credential: "admin"), .bots, bot: nil) == nil)
        #expect(refusal(.signed(credential: "main", claims()), .bots, bot: nil) == .scopeMissing)
        for endpoint in [Platform.Endpoint.publishStatus, .publish] {
            #expect(refusal(.ready(credential: "admin"), endpoint) == nil)
            #expect(refusal(.signed(credential: "main", claims()), endpoint) == .scopeMissing)
        }
        var narrow = scenario
        narrow.credentials[3].scopes = [.publishStatus]
        var access = Access(narrow, start: now)
        let admission = access.admit(.ready(credential: "admin"), endpoint: .publish, bot: "st-1", at: now)
        guard case .refused(.scopeMissing) = admission else {
            Issue.record("expected that a publish needs a scope of its own, found \(admission)")
            return
        }
    }

    @Test("What is no good token is told apart only by being a JWT at all")
    func refusesTokens() {
        #expect(refusal(.missing) == .invalidCredentials)
        #expect(refusal(.unverified) == .invalidCredentials)
        #expect(refusal(.malformed) == .invalidToken)
        var subjectless = claims()
        subjectless.subject = nil
        #expect(refusal(.signed(credential: "main", subjectless)) == .invalidCredentials)
    }

    @Test("An app that enforces encryption refuses signed tokens in either wording, and takes a ready one")
    func enforcesEncryption() {
        for (jwe, reply) in [
            (Scenario.Credential.JWE.jwtError, Reply.jwtRejected("JWE encryption is enforced for this app")),
            (.badRequest, .encryptionRequired),
        ] {
            var encrypted = scenario
            encrypted.credentials[3].enforcesJWE = jwe
            var access = Access(encrypted, start: now)
            let signed = access.admit(
                .signed(credential: "admin", claims()),
                endpoint: .mlTrainStatus,
                bot: "st-1",
                at: now
            )
            guard case .refused(reply) = signed else {
                Issue.record("expected \(reply), found \(signed)")
                continue
            }
            let ready = access.admit(.ready(credential: "admin"), endpoint: .mlTrainStatus, bot: "st-1", at: now)
            guard case .admitted = ready else {
                Issue.record("expected that a ready token is good, found \(ready)")
                continue
            }
        }
    }

    @Test("A token ends at its exp")
    func expires() {
        #expect(refusal(.signed(credential: "main", claims(expiry: 0.001))) == nil)
        #expect(refusal(.signed(credential: "main", claims(expiry: 86_400))) == nil)
        #expect(refusal(.signed(credential: "main", claims(expiry: 0))) == .jwtRejected("jwt expired"))
    }

    @Test("A jti needs an exp within an hour")
    func limitsTokensWithID() {
        #expect(refusal(.signed(credential: "main", claims(expiry: 3600, id: "x"))) == nil)
        let why = "exp must be at most one hour ahead where jti is present"
        #expect(refusal(.signed(credential: "main", claims(expiry: 3602, id: "x"))) == .jwtRejected(why))
        #expect(refusal(.signed(credential: "main", claims(id: "x"))) == .jwtRejected(why))
    }

    @Test("An app that enforces jti refuses tokens without")
    func enforcesIDs() {
        #expect(refusal(.signed(credential: "strict", claims(expiry: 60))) == .jwtRejected("jti is required"))
        #expect(refusal(.signed(credential: "strict", claims(expiry: 60, id: "x"))) == nil)
    }

    @Test("A jti is good once, for each app apart, and is forgotten when its token has ended")
    func remembersIDs() {
        var access = Access(scenario, start: now)
        func passes(_ id: String, client: String = "cs", after seconds: Double = 0) -> Bool {
            let at = PlatformAsker.time(seconds)
            var claims = TokenClaims(clientID: client, subject: "t", expiry: at.seconds + 600, id: id)
            claims.clientID = client
            let finding = TokenFinding.signed(credential: "main", claims)
            guard case .admitted = access.admit(finding, endpoint: .mlTrainStatus, bot: "st-1", at: at) else {
                return false
            }
            return true
        }
        #expect(passes("a"))
        #expect(!passes("a"))
        #expect(passes("b"))
        #expect(passes("a", client: "other"))
        #expect(!passes("a", after: 599))
        #expect(passes("a", after: 700))
        #expect(access.rememberedIDs == 1)
    }

    @Test("Signatures are checked with each app's own algorithm and secret, short or long")
    func verifies() async throws {
        let verifier = await TokenVerifier(scenario.credentials)
        let main = TokenClaims(clientID: "cs-main", subject: "tester", expiry: nil, id: nil)
        #expect(await verifier.find(try await Token.sign()) == .signed(credential: "main", main))
        #expect(await verifier.find(try await Token.sign(algorithm: .sha512)) == .unverified)
        #expect(await verifier.find(try await Token.sign(secret: "other")) == .unverified)
        #expect(await verifier.find(try await Token.sign(clientID: "cs-nobody")) == .unverified)
        #expect(await verifier.find(try await Token.sign(clientID: nil)) == .unverified)
        let strict = try await Token.sign(
            clientID: "cs-strict",
            secret: "strict-secret",
            algorithm: .sha512,
            expiry: 1e10,
            id: "x"
        )
        let claims = TokenClaims(clientID: "cs-strict", subject: "tester", expiry: 1e10, id: "x")
        #expect(await verifier.find(strict) == .signed(credential: "strict", claims))
        #expect(await verifier.find("a.ready.token") == .ready(credential: "admin"))
        #expect(await verifier.find(nil) == .missing)
        #expect(await verifier.find("") == .missing)
    }

    @Test("What is no JWT is told as such", arguments: ["x", "a.b", "a.b.c", "..", "eyJ9.eyJ9.x", "Bearer "])
    func findsNoJWT(text: String) async throws {
        let verifier = await TokenVerifier(scenario.credentials)
        #expect(await verifier.find(text) == .malformed)
        #expect(await verifier.find("Bearer " + (try await Token.sign())) == .malformed)
    }

    @Test("A credential that is revoked is good until then, in scenario time")
    func revokes() {
        var scenario = scenario
        scenario.speed = 60
        scenario.credentials[0].revokedAfter = .seconds(600)
        var access = Access(scenario, start: now)
        func isAdmitted(after milliseconds: Int) -> Bool {
            let moment = now + .milliseconds(milliseconds)
            let finding = TokenFinding.signed(credential: "main", claims())
            guard case .admitted = access.admit(finding, endpoint: .mlTrainStatus, bot: "st-1", at: moment) else {
                return false
            }
            return true
        }
        #expect(isAdmitted(after: 9_999))
        #expect(!isAdmitted(after: 10_000))
    }
}
