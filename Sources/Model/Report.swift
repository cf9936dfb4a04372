/// What of a target or a bot needs attention, the most urgent first. The raw value is its word in links and in the API.
package enum Attention: String, Sendable, Hashable, CaseIterable {
    /// The last training, export or publish failed.
    case failed
    /// Polls fail.
    case unreachable
    /// A component is out of sync with its model.
    case drifting
    /// Nothing is known, or nothing that is young enough.
    case unknown
    /// Something is queued or running.
    case active
    case fine

    /// The more urgent one of this and another.
    package func moreUrgent(_ other: Attention) -> Attention {
        rank <= other.rank ? self : other
    }

    private var rank: Int {
        switch self {
        case .failed: 0
        case .unreachable: 1
        case .drifting: 2
        case .unknown: 3
        case .active: 4
        case .fine: 5
        }
    }
}

/// What is known of a target, and how polling it goes.
package struct TargetReport: Sendable, Hashable {
    /// Whether a component of a bot is in sync with its model.
    package struct Component: Sendable, Hashable {
        package var name: String
        package var inSync: Bool
        /// When it was first seen out of sync; `nil` while it is in sync.
        package var since: Timestamp?

        package init(name: String, inSync: Bool, since: Timestamp? = nil) {
            self.name = name
            self.inSync = inSync
            self.since = since
        }
    }

    /// Why the last poll failed.
    package struct Failure: Sendable, Hashable {
        /// The `reason` label of `koreai_poll_failing`.
        package var reason: String
        /// What happened and what to check.
        package var message: String

        package init(reason: String, message: String) {
            self.reason = reason
            self.message = message
        }
    }

    package var target: Target
    package var attention: Attention
    /// The platform's status as the `status` label has it; `nil` where nothing is known or what is known is too old.
    package var status: String?
    /// Whether the platform answers that nothing of the kind ever ran.
    package var isBlank = false
    /// When the last good reply came.
    package var lastSuccess: Timestamp?
    /// Since when something is running; `nil` where nothing is, or where its start was not seen.
    package var runningSince: Timestamp?
    /// Of the runs or jobs whose duration is known, in seconds.
    package var meanDuration: Double?
    package var ended: UInt64 = 0
    package var failed: UInt64 = 0
    /// By name, in order; none while nothing is shown.
    package var components: [Component] = []
    /// Of an export or a publish, from 0 to 1.
    package var progress: Double?
    /// When the last run or job ended that went well.
    package var lastSuccessfulRun: Timestamp?
    /// When the last run ended, or the platform last changed the job.
    package var lastChange: Timestamp?
    /// Of the last publish that ended, in order.
    package var failedParts: [String] = []
    /// `nil` where the last poll did not fail.
    package var failure: Failure?
    /// When it was last polled.
    package var lastAttempt: Timestamp?
    /// Between two polls, as things stand.
    package var interval: Duration?

    package init(_ target: Target, attention: Attention = .unknown) {
        self.target = target
        self.attention = attention
    }
}

/// A bot, its targets, what is left of its requests, and, where it was asked for, what happened to it.
package struct BotReport: Sendable {
    package var name: String
    /// The platform's.
    package var id: String
    package var labels: [String: String]
    package var attention: Attention
    package var targets: [TargetReport] = []
    /// `nil` for a bot without targets.
    package var requestsLeft: RequestsLeft?
    package var history = BotHistory()

    package init(name: String, id: String, labels: [String: String] = [:], attention: Attention) {
        self.name = name
        self.id = id
        self.labels = labels
        self.attention = attention
    }
}

/// What is left of the requests that a budget allows.
package struct RequestsLeft: Sendable, Hashable {
    package struct Window: Sendable, Hashable {
        /// Requests that may still be made.
        package var remaining: Int
        /// Requests that may be made in all.
        package var limit: Int

        package init(remaining: Int, limit: Int) {
            self.remaining = remaining
            self.limit = limit
        }
    }

    package var minute: Window
    package var hour: Window

    package init(minute: Window, hour: Window) {
        self.minute = minute
        self.hour = hour
    }
}

/// The bots of one page, those that need attention first, and how many there are in all.
package struct BotListing: Sendable {
    package var bots: [BotReport]
    /// Of all bots, whatever was asked for.
    package var counts: [Attention: Int]
    /// Bots that fit the query, on all pages.
    package var matching: Int
    /// From 0: the one that was asked for, or the last.
    package var page: Int
    package var pages: Int

    package init(bots: [BotReport], counts: [Attention: Int], matching: Int, page: Int, pages: Int) {
        self.bots = bots
        self.counts = counts
        self.matching = matching
        self.page = page
        self.pages = pages
    }
}

/// Which bots to report on: those of a page of what is left once the others are filtered out.
package struct BotQuery: Sendable, Hashable {
    /// Part of a name, an id or a label's value, in whatever case; empty for any.
    package var text: String
    /// `nil` for any.
    package var attention: Attention?
    /// From 0.
    package var page: Int
    package var pageSize: Int

    package init(text: String = "", attention: Attention? = nil, page: Int = 0, pageSize: Int = 25) {
        self.text = text
        self.attention = attention
        self.page = page
        self.pageSize = pageSize
    }
}

/// The targets of one page, in the order of the bots in the configuration, and how many there are in all.
package struct TargetListing: Sendable {
    package struct Entry: Sendable {
        /// The platform's id of the bot.
        package var botID: String
        package var report: TargetReport

        package init(botID: String, report: TargetReport) {
            self.botID = botID
            self.report = report
        }
    }

    package var targets: [Entry]
    /// Targets that fit the query, on all pages.
    package var matching: Int
    /// From 0: the one that was asked for, or the last.
    package var page: Int
    package var pages: Int

    package init(targets: [Entry], matching: Int, page: Int, pages: Int) {
        self.targets = targets
        self.matching = matching
        self.page = page
        self.pages = pages
    }
}

/// Which targets to report on: those of a page of what is left once the others are filtered out.
package struct TargetQuery: Sendable, Hashable {
    /// `nil` for all.
    package var bot: String?
    /// `nil` for any.
    package var collector: Collector?
    /// `nil` for any.
    package var attention: Attention?
    /// From 0.
    package var page: Int
    package var pageSize: Int

    package init(
        bot: String? = nil,
        collector: Collector? = nil,
        attention: Attention? = nil,
        page: Int = 0,
        pageSize: Int = 100
    ) {
        self.bot = bot
        self.collector = collector
        self.attention = attention
        self.page = page
        self.pageSize = pageSize
    }
}
