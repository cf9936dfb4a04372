/// Who may call what. Pure but for the tokens it remembers: it is told the time.
struct Access: Sendable {
    enum Admission: Sendable {
        case admitted(Scenario.Credential)
        case refused(Reply)
    }

    private let credentials: [String: Scenario.Credential]
    /// The ids of the bots that a credential's SDK tokens are good for.
    private let bots: [String: Set<String>]
    private let allBots: Set<String>
    /// From when on a credential is not known any more, by its name.
    private let revoked: [String: SimulatorTime]
    /// When the token that a `jti` came with ends, in Unix seconds.
    private var usedIDs: [String: Double] = [:]
    private var nextSweep: Double = 0

    /// How many `jti`s are remembered.
    var rememberedIDs: Int { usedIDs.count }

    /// - Parameter start: The simulator's.
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

    /// Checks a token's time and use, and whether its credential may make the call.
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
            // Documented as part of the minimum, with appId.
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
        // The list of bots is an admin call; that an SDK credential lacks its scope is what the message means.
        let isInScope = endpoint.scope.map(credential.scopes.contains) ?? credential.isAdmin
        return isInScope ? .admitted(credential) : .refused(.scopeMissing)
    }

    /// Why a token is rejected over its `exp` or `jti`; `nil` where it is not.
    private mutating func reject(_ claims: TokenClaims, requiresID: Bool, at now: SimulatorTime) -> String? {
        if let expiry = claims.expiry, expiry <= now.seconds { return "jwt expired" }
        guard let id = claims.id else { return requiresID ? "jti is required" : nil }
        // Documented: at most an hour ahead where there is a jti. A second is for clients that round up.
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
