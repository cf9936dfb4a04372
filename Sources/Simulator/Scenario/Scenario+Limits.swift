extension Scenario {
    /// The platform's rate limits. The defaults are the documented ones.
    package struct Limits: Sendable, Hashable {
        /// What has windows of its own for its status calls. What a bot's other calls share is always the bot, and the
        /// list of bots its account.
        package enum Scope: String, Sendable, Hashable, CaseIterable {
            /// As documented, "by request id": each call of a bot, language and state.
            case request
            /// The bot, together with its other calls.
            case bot
            case credential
        }

        /// How the message is worded.
        package enum Wording: String, Sendable, Hashable, CaseIterable {
            /// "You've exceeded the per-minute rate limit. …"
            case current
            /// "Rate limit for this API has been reached. …"
            case older
        }

        package var enabled: Bool
        /// What status calls are counted by.
        package var per: Scope
        /// Requests in any 60 seconds of scenario time.
        package var perMinute: Int
        /// Requests in any 3,600 seconds of scenario time.
        package var perHour: Int
        /// HTTP status of a refusal, 400 to 499. Not documented; 429 is likely.
        package var status: Int
        /// Whether a refusal has a `Retry-After`, in real seconds. Not documented.
        package var retryAfter: Bool
        package var wording: Wording
        /// Whether a refused request counts too, so that a client that hammers never gets through again.
        package var countsRefused: Bool

        package init(
            enabled: Bool = true,
            per: Scope = .request,
            perMinute: Int = 60,
            perHour: Int = 1800,
            status: Int = 429,
            retryAfter: Bool = false,
            wording: Wording = .current,
            countsRefused: Bool = false
        ) {
            self.enabled = enabled
            self.per = per
            self.perMinute = perMinute
            self.perHour = perHour
            self.status = status
            self.retryAfter = retryAfter
            self.wording = wording
            self.countsRefused = countsRefused
        }

        /// No limits at all.
        package static let off = Limits(enabled: false)
    }
}

extension Scenario.Limits: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case enabled
        case per
        case perMinute = "per_minute"
        case perHour = "per_hour"
        case status
        case retryAfter = "retry_after"
        case wording
        case countsRefused = "counts_refused"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            enabled: try container.decode(Bool.self, forKey: .enabled, default: true),
            per: try container.word(Scope.self, forKey: .per, default: .request),
            perMinute: try container.decode(Int.self, forKey: .perMinute, default: 60),
            perHour: try container.decode(Int.self, forKey: .perHour, default: 1800),
            status: try container.decode(Int.self, forKey: .status, default: 429),
            retryAfter: try container.decode(Bool.self, forKey: .retryAfter, default: false),
            wording: try container.word(Wording.self, forKey: .wording, default: .current),
            countsRefused: try container.decode(Bool.self, forKey: .countsRefused, default: false)
        )
    }
}
