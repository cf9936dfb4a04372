extension Scenario {
    /// An app that may call the API: what its tokens must look like and what they may do.
    package struct Credential: Sendable, Hashable {
        package enum Algorithm: String, Sendable, Hashable, CaseIterable {
            case hs256 = "HS256"
            case hs384 = "HS384"
            case hs512 = "HS512"
        }

        /// "Enforce JWE": whether and how signed tokens are refused. The reply is not documented.
        package enum JWE: String, Sendable, Hashable, CaseIterable {
            case none
            /// 401 and a message about the JWT, as for a token that is rejected over its `exp`.
            case jwtError = "jwt_error"
            /// 400 and a message about encryption.
            case badRequest = "bad_request"
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
        package var enforcesJWE: JWE
        /// An account's admin credential: good for every bot and for the list of bots.
        package var isAdmin: Bool
        /// Whose lists of bots are counted together. All credentials are of one account by default.
        package var account: String
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
            enforcesJWE: JWE = .none,
            isAdmin: Bool = false,
            account: String = "account",
            tokens: [String] = [],
            revokedAfter: Duration? = nil
        ) {
            self.name = name
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.algorithm = algorithm
            self.scopes = scopes
            self.requiresJTI = requiresJTI
            self.enforcesJWE = enforcesJWE
            self.isAdmin = isAdmin
            self.account = account
            self.tokens = tokens
            self.revokedAfter = revokedAfter
        }
    }

    /// An API scope that an app can have, by the documentation's names.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        case trainML = "train_ml"
        case trainFAQ = "train_faq"
        case utterancesExport = "utterances_export"
        /// Of admin credentials only, as ``publish``.
        case publishStatus = "publish_status"
        case publish
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
        case enforcesJWE = "enforce_jwe"
        case isAdmin = "admin"
        case account
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
            enforcesJWE: try container.word(JWE.self, forKey: .enforcesJWE, default: .none),
            isAdmin: try container.decode(Bool.self, forKey: .isAdmin, default: false),
            account: try container.decode(String.self, forKey: .account, default: "account"),
            tokens: try container.decode([String].self, forKey: .tokens, default: []),
            revokedAfter: try container.duration(forKey: .revokedAfter)
        )
    }
}
