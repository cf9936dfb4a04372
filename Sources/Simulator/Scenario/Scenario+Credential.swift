extension Scenario {
    /// An app that may call the API: what its tokens must look like and what they may do.
    package struct Credential: Sendable, Hashable {
        package enum Algorithm: String, Sendable, Hashable, CaseIterable {
            case hs256 = "HS256"
            case hs384 = "HS384"
            case hs512 = "HS512"
        }

        /// Unique; bots refer to it.
        package var name: String
        /// The `appId` of its tokens; unique.
        package var clientID: String
        package var clientSecret: String
        package var algorithm: Algorithm
        package var scopes: Set<Scope>
        /// "Enforce JTI": a token without `jti` is refused.
        package var requiresJTI: Bool
        /// An account's admin credential: good for every bot and for the list of bots.
        package var isAdmin: Bool
        /// Ready-made tokens that are accepted as they stand.
        package var tokens: [String]
        /// How long after the simulator's start the platform stops to know the credential, as when somebody makes a new
        /// secret there; `nil`: never.
        package var revokedAfter: Duration?

        package init(
            name: String,
            clientID: String,
            clientSecret: String,
            algorithm: Algorithm = .hs256,
            scopes: Set<Scope> = Set(Scope.allCases),
            requiresJTI: Bool = false,
            isAdmin: Bool = false,
            tokens: [String] = [],
            revokedAfter: Duration? = nil
        ) {
            self.name = name
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.algorithm = algorithm
            self.scopes = scopes
            self.requiresJTI = requiresJTI
            self.isAdmin = isAdmin
            self.tokens = tokens
            self.revokedAfter = revokedAfter
        }
    }

    /// An API scope that an app can have, by the documentation's names.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        case trainML = "train_ml"
        case trainFAQ = "train_faq"
        case utterancesExport = "utterances_export"
    }
}

extension Scenario.Credential: CustomStringConvertible {
    /// Without its secrets.
    package var description: String { "credential \(name) (client id \(clientID))" }
}

extension Scenario.Credential: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case name
        case clientID = "client_id"
        case clientSecret = "client_secret"
        case algorithm
        case scopes
        case requiresJTI = "require_jti"
        case isAdmin = "admin"
        case tokens
        case revokedAfter = "revoked_after"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decode(String.self, forKey: .name),
            clientID: try container.decode(String.self, forKey: .clientID),
            clientSecret: try container.decode(String.self, forKey: .clientSecret),
            algorithm: try container.word(Algorithm.self, forKey: .algorithm, default: .hs256),
            scopes: Set(
                try container.words(Scenario.Scope.self, forKey: .scopes, default: Scenario.Scope.allCases)
            ),
            requiresJTI: try container.decode(Bool.self, forKey: .requiresJTI, default: false),
            isAdmin: try container.decode(Bool.self, forKey: .isAdmin, default: false),
            tokens: try container.decode([String].self, forKey: .tokens, default: []),
            revokedAfter: try container.duration(forKey: .revokedAfter)
        )
    }
}
