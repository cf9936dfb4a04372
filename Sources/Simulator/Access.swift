import JWTKit
import Synchronization

/// Decides which calls a token allows. It is a value, which takes the time as an argument and remembers used tokens.
struct Access: Sendable {
    enum Admission: Sendable {
        case admitted(Scenario.Credential)
        case refused(Reply)
    }

    private let credentials: [String: Scenario.Credential]
    /// The ids of the bots that a credential's SDK tokens may call, by the credential's name.
    private let bots: [String: Set<String>]
    private let allBots: Set<String>
    /// When the platform stops accepting a credential, by its name.
    private let revoked: [String: SimulatorTime]
    /// When the token with a `jti` expires, in Unix seconds.
    private var usedIDs: [String: Double] = [:]
    private var nextSweep: Double = 0

    /// How many `jti`s are remembered.
    var rememberedIDs: Int { usedIDs.count }

    /// - Parameter start: When the simulator started.
    init(_ scenario: Scenario, start: SimulatorTime) {
        credentials = Dictionary(scenario.credentials.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        allBots = Set(scenario.bots.map(\.id))
        var bots: [String: Set<String>] = [:]
        for bot in scenario.bots {
            let names = bot.credentials.isEmpty ? scenario.credentials.map(\.name) : bot.credentials
            for name in names { bots[name, default: []].insert(bot.id) }
        }
        self.bots = bots
        revoked = scenario.credentials.reduce(into: [:]) { revoked, credential in
            revoked[credential.name] = credential.revokedAfter.map { start + $0.divided(bySpeed: scenario.speed) }
        }
    }

    /// Checks a token's `exp` and `jti`, and whether its credential may make the call.
    mutating func admit(
        _ finding: TokenFinding,
        endpoint: Platform.Endpoint,
        bot: String?,
        at now: SimulatorTime
    ) -> Admission {
        let name: String
        switch finding {
        case .missing, .unverified: return .refused(.invalidCredentials)
        case .malformed: return .refused(.invalidToken)
        case .ready(let credential): name = credential
        case .signed(let credential, let claims):
            name = credential
            switch credentials[name]?.enforcesJWE {
            case .jwtError: return .refused(.jwtRejected("JWE encryption is enforced for this app"))
            case .badRequest: return .refused(.encryptionRequired)
            case .some(.none), nil: break
            }
            // The documentation requires `sub`, as it does `appId`.
            guard claims.subject != nil else { return .refused(.invalidCredentials) }
            if let why = reject(claims, requiresID: credentials[name]?.requiresJTI == true, at: now) {
                return .refused(.jwtRejected(why))
            }
        }
        if let end = revoked[name], now >= end { return .refused(.invalidCredentials) }
        guard let credential = credentials[name] else { return .refused(.invalidCredentials) }
        if let bot {
            if credential.isAdmin {
                guard allBots.contains(bot) else { return .refused(.invalidStream) }
            } else {
                guard bots[name]?.contains(bot) == true else { return .refused(.invalidCredentials) }
            }
        }
        // An SDK credential that makes an admin call gets the error about a missing scope.
        let isInScope =
            endpoint.scope.map(credential.scopes.contains) ?? true && (credential.isAdmin || !endpoint.isAdminCall)
        return isInScope ? .admitted(credential) : .refused(.scopeMissing)
    }

    /// Why a token is rejected over its `exp` or `jti`; `nil` where it is accepted.
    private mutating func reject(_ claims: TokenClaims, requiresID: Bool, at now: SimulatorTime) -> String? {
        if let expiry = claims.expiry, expiry <= now.seconds { return "jwt expired" }
        guard let id = claims.id else { return requiresID ? "jti is required" : nil }
        // The documentation allows at most an hour where there is a jti. The extra second is for clients that round up.
        guard let expiry = claims.expiry, expiry <= now.seconds + 3601 else {
            return "exp must be at most one hour ahead where jti is present"
        }
        if now.seconds >= nextSweep {
            usedIDs = usedIDs.filter { $0.value > now.seconds }
            nextSweep = now.seconds + 60
        }
        guard usedIDs["\(claims.clientID)\n\(id)"] == nil else { return "jti has already been used" }
        usedIDs["\(claims.clientID)\n\(id)"] = expiry
        return nil
    }
}

/// The claims that the platform reads in a token. ``Access`` checks their times by the simulator's clock.
struct TokenClaims: JWTPayload, Hashable {
    var clientID: String
    var subject: String?
    /// Unix time in seconds.
    var expiry: Double?
    var id: String?

    func verify(using algorithm: some JWTAlgorithm) {}

    enum CodingKeys: String, CodingKey {
        case clientID = "appId"
        case subject = "sub"
        case expiry = "exp"
        case id = "jti"
    }
}

/// What a token in the header `auth` is, without regard to time.
enum TokenFinding: Sendable, Hashable {
    case missing
    /// The header is not three parts of base64url JSON; a token after `Bearer` is not either.
    case malformed
    /// No credential has this client id, or its secret did not make the signature.
    case unverified
    /// The token is one of a credential's ready-made ones; `credential` is the credential's name.
    case ready(credential: String)
    case signed(credential: String, TokenClaims)
}

/// Checks the signatures of tokens, and remembers the findings.
final class TokenVerifier: Sendable {
    /// By client id.
    private let keys: [String: (credential: String, collection: JWTKeyCollection)]
    /// Findings about tokens without `jti` and about refused ones, which clients may send again.
    private let known: Mutex<[String: TokenFinding]>
    private let ready: [String: TokenFinding]
    private static let capacity = 10_000

    init(_ credentials: [Scenario.Credential]) async {
        var keys: [String: (credential: String, collection: JWTKeyCollection)] = [:]
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
            keys[credential.clientID] = (credential.name, collection)
        }
        self.keys = keys
        self.ready = ready
        known = Mutex([:])
    }

    /// The key for a secret, filled with zeros to 64 bytes, because JWTKit asserts that it is no shorter than its hash.
    /// HMAC itself fills a short key with zeros up to the hash's block (RFC 2104), so both keys are the same.
    private static func key(_ secret: String) -> HMACKey {
        let bytes = Array(secret.utf8)
        return HMACKey(from: bytes + Array(repeating: 0, count: max(0, 64 - bytes.count)))
    }

    /// - Parameter header: The value of the header `auth`.
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
            let claims = try? await key.collection.verify(token, as: TokenClaims.self)
        else { return .unverified }
        return .signed(credential: key.credential, claims)
    }

    /// Claims with an `appId` or without, to tell a token without a known `appId` from text that is no token.
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
