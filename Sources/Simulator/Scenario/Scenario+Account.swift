extension Scenario {
    /// An app that may call the API: what its tokens must look like and what they may do.
    package struct Credential: Sendable, Hashable, CustomStringConvertible {
        package enum Algorithm: String, Word {
            case hs256 = "HS256"
            case hs384 = "HS384"
            case hs512 = "HS512"
        }

        /// "Enforce JWE": whether and how signed tokens are refused. The reply is not documented.
        package enum JWE: String, Word {
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
        package var algorithm = Algorithm.hs256
        package var scopes = Set(Scope.allCases)
        /// "Enforce JTI": a token without `jti` is refused.
        package var requiresJTI = false
        package var enforcesJWE = JWE.none
        /// Whether it is an account's admin credential, which is good for every bot and for the list of bots.
        package var isAdmin = false
        /// The account whose lists of bots are counted together. All credentials are of one by default.
        package var account = "account"
        /// Ready-made tokens that are accepted as they stand.
        package var tokens: [String] = []
        /// When, after the simulator's start, the platform stops to know the credential, as when its secret is made
        /// anew there; `nil`: never.
        package var revokedAfter: Duration?

        /// The credential without its secrets.
        package var description: String { "credential \(name) (client id \(clientID))" }
    }

    /// An API scope that an app can have, by the documentation's names.
    package enum Scope: String, Word {
        case trainML = "train_ml"
        case trainFAQ = "train_faq"
        case utterancesExport = "utterances_export"
        /// Only admin credentials have it, and ``publish``.
        case publishStatus = "publish_status"
        case publish
    }
}

extension Scenario.Credential: Keyed {
    init() { self.init(name: "", clientID: "", clientSecret: "") }

    mutating func read(_ keys: inout KeyReader) {
        keys.require("name", &name)
        keys.require("client_id", &clientID)
        keys.require("client_secret", &clientSecret)
        keys.read("algorithm", &algorithm)
        var scopes = Scenario.Scope.allCases
        keys.read("scopes", words: &scopes)
        self.scopes = Set(scopes)
        keys.read("require_jti", &requiresJTI)
        keys.read("enforce_jwe", &enforcesJWE)
        keys.read("admin", &isAdmin)
        keys.read("account", &account)
        keys.read("tokens", &tokens)
        keys.read("revoked_after", duration: &revokedAfter)
    }
}

extension Scenario {
    /// The platform's rate limits. The defaults are the documented ones.
    package struct Limits: Sendable, Hashable {
        /// What has windows of its own for its status calls. A bot's other calls always share the bot's, and the list
        /// of bots has its account's.
        package enum Scope: String, Word {
            /// Each call of a bot, language and state: documented as "by request id".
            case request
            /// The bot, together with its other calls.
            case bot
            case credential
        }

        /// How the message is worded.
        package enum Wording: String, Word {
            /// "You've exceeded the per-minute rate limit. …"
            case current
            /// "Rate limit for this API has been reached. …"
            case older
        }

        package var enabled = true
        /// What status calls are counted by.
        package var per = Scope.request
        /// Requests in any 60 seconds of scenario time.
        package var perMinute = 60
        /// Requests in any 3,600 seconds of scenario time.
        package var perHour = 1800
        /// HTTP status of a refusal, 400 to 499. Not documented; 429 is likely.
        package var status = 429
        /// Whether a refusal has a `Retry-After`, in real seconds. Not documented.
        package var retryAfter = false
        package var wording = Wording.current
        /// Whether a refused request counts too, so that a client that hammers never gets through again.
        package var countsRefused = false

        package static let off = Limits(enabled: false)
    }
}

extension Scenario.Limits: Keyed {
    mutating func read(_ keys: inout KeyReader) {
        keys.read("enabled", &enabled)
        keys.read("per", &per)
        keys.read("per_minute", &perMinute)
        keys.read("per_hour", &perHour)
        keys.read("status", &status)
        keys.read("retry_after", &retryAfter)
        keys.read("wording", &wording)
        keys.read("counts_refused", &countsRefused)
    }
}

extension Scenario {
    /// How the list of bots is told. The documentation contradicts itself about `offset`.
    package struct BotList: Sendable, Hashable {
        package enum Offset: String, Word {
            /// The position of the first bot, as the current page says.
            case bots
            /// The number of pages to skip, as an older page says.
            case pages
        }

        package var offset = Offset.bots
        /// The most bots of a page, whatever is asked for: 1 to 50.
        package var pageSize = 50
        /// How many requests for a later page are answered with no bots, although there are more.
        package var emptyPages = 0
        /// Whether every page says that there are more, also the last one.
        package var alwaysMore = false

        func validate() throws(ScenarioError) {
            guard (1...50).contains(pageSize) else {
                throw ScenarioError("bot_list.page_size: expected 1 to 50, found \(pageSize)")
            }
            guard emptyPages >= 0 else {
                throw ScenarioError("bot_list.empty_pages: expected 0 or more, found \(emptyPages)")
            }
        }
    }
}

extension Scenario.BotList: Keyed {
    mutating func read(_ keys: inout KeyReader) {
        keys.read("offset", &offset)
        keys.read("page_size", &pageSize)
        keys.read("empty_pages", &emptyPages)
        keys.read("always_more", &alwaysMore)
    }
}
