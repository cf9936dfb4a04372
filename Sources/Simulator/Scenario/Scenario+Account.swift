extension Scenario {
    /// An app that may call the API, with its tokens' properties and its scopes.
    package struct Credential: Sendable, Hashable, CustomStringConvertible {
        package enum Algorithm: String, Word {
            case hs256 = "HS256"
            case hs384 = "HS384"
            case hs512 = "HS512"
        }

        /// "Enforce JWE": whether and how signed tokens are refused. The real reply is not documented.
        package enum JWE: String, Word {
            case none
            /// 401 and a message about the JWT, as for an expired token.
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
        /// "Enforce JTI": whether a token without `jti` is refused.
        package var requiresJTI = false
        package var enforcesJWE = JWE.none
        /// Whether it is an account's admin credential, which may call every bot and list the bots.
        package var isAdmin = false
        /// The account that requests for the list of bots are counted by; by default that of all credentials.
        package var account = "account"
        /// Ready-made tokens, accepted without a check of signature or time.
        package var tokens: [String] = []
        /// When, after the simulator's start in scenario time, the platform stops accepting the credential, as after a
        /// change of its secret; `nil` for never.
        package var revokedAfter: Duration?

        /// The credential without its secrets.
        package var description: String { "credential \(name) (client id \(clientID))" }
    }

    /// An API scope of an app, by the documentation's names.
    package enum Scope: String, Word {
        case trainML = "train_ml"
        case trainFAQ = "train_faq"
        case utterancesExport = "utterances_export"
        /// Only admin credentials have this scope and ``publish``.
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
    /// The platform's rate limits, with the documented defaults.
    package struct Limits: Sendable, Hashable {
        /// What status calls are counted by. A bot's other calls count with the bot, the list of bots with its account.
        package enum Scope: String, Word {
            /// Each call of a bot, language and state: documented as "by request id".
            case request
            /// The bot, together with its other calls.
            case bot
            case credential
        }

        /// The wording of the message.
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
        /// The HTTP status of a refusal, 400 to 499. It is not documented; 429 is likely.
        package var status = 429
        /// Whether a refusal has a `Retry-After`, in real seconds. That is not documented.
        package var retryAfter = false
        package var wording = Wording.current
        /// Whether refused requests count too, so that a client that keeps asking too often is never let through again.
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
    /// How the list of bots is paged. The documentation contradicts itself about `offset`.
    package struct BotList: Sendable, Hashable {
        package enum Offset: String, Word {
            /// The position of the first bot, according to the current page of the documentation.
            case bots
            /// The number of pages to skip, according to an older page.
            case pages
        }

        package var offset = Offset.bots
        /// The most bots of a page, whatever limit is asked for: 1 to 50.
        package var pageSize = 50
        /// How many requests for a later page get an empty page, although there are more bots.
        package var emptyPages = 0
        /// Whether every page, also the last, says that there are more.
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
