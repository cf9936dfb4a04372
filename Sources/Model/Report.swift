/// Whether and why a target or a bot needs attention, the most urgent first. The raw value is used in links and in the
/// API.
package enum Attention: String, Sendable, Hashable, CaseIterable {
    /// The last training, export or publish failed.
    case failed
    /// Polls fail.
    case unreachable
    /// A component is out of sync with its model.
    case drifting
    /// Nothing is known, or what is known is too old.
    case unknown
    /// Something is queued or running.
    case active
    case fine

    /// The more urgent of the two.
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

/// What is known of a target, and how its polls go.
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
    /// The value of the `status` label; `nil` where nothing is known or what is known is too old.
    package var status: String?
    /// Whether the platform says that no training, export or publish of this target ever ran.
    package var isBlank = false
    /// When the last good reply came.
    package var lastSuccess: Timestamp?
    /// When the run or job that is under way started; `nil` if there is none, or if its start is not known.
    package var runningSince: Timestamp?
    /// The mean of the known durations of runs or jobs, in seconds; `nil` where none is known.
    package var meanDuration: Double?
    /// How many runs or jobs ended, as the exporter counted them.
    package var ended: UInt64 = 0
    /// How many of them failed.
    package var failed: UInt64 = 0
    /// Sorted by name; empty while the target's series are not shown.
    package var components: [Component] = []
    /// The progress of an export or a publish, from 0 to 1; `nil` for a training or where it is not known.
    package var progress: Double?
    /// When the last successful training or publish ended.
    package var lastSuccessfulRun: Timestamp?
    /// When the last training ended, or when the platform last changed the job.
    package var lastChange: Timestamp?
    /// Names of the parts that failed in the last publish that ended, in the platform's order.
    package var failedParts: [String] = []
    /// `nil` unless the last poll failed.
    package var failure: Failure?
    /// When the target was last polled.
    package var lastAttempt: Timestamp?
    /// The current time between two polls.
    package var interval: Duration?

    package init(_ target: Target, attention: Attention = .unknown) {
        self.target = target
        self.attention = attention
    }
}

/// A bot with its targets, the requests left in its budget and, where that was asked for, its history.
package struct BotReport: Sendable {
    package var name: String
    /// The platform's id of the bot.
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

/// How many requests a budget still allows.
package struct RequestsLeft: Sendable, Hashable {
    package struct Window: Sendable, Hashable {
        /// Requests that may still be made in this window.
        package var remaining: Int
        /// Requests that may be made in a whole window.
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

/// One page of the bots that match a query, those that need attention first, with counts of all bots.
package struct BotListing: Sendable {
    package var bots: [BotReport]
    /// How many of all bots, not only of those that match the query, need each kind of attention.
    package var counts: [Attention: Int]
    /// How many bots match the query, on all pages.
    package var matching: Int
    /// The number of this page, from 0: the one that was asked for, or the last if there are fewer.
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

/// Which bots to report on: a filter, and one page of the bots that pass it.
package struct BotQuery: Sendable, Hashable {
    /// Part of a name, an id or a label's value, in any letter case; empty for all bots.
    package var text: String
    /// `nil` for any attention.
    package var attention: Attention?
    /// The number of the page, from 0.
    package var page: Int
    package var pageSize: Int

    package init(text: String = "", attention: Attention? = nil, page: Int = 0, pageSize: Int = 25) {
        self.text = text
        self.attention = attention
        self.page = page
        self.pageSize = pageSize
    }
}

/// One page of the targets that match a query, in the order of the bots in the configuration.
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
    /// How many targets match the query, on all pages.
    package var matching: Int
    /// The number of this page, from 0: the one that was asked for, or the last if there are fewer.
    package var page: Int
    package var pages: Int

    package init(targets: [Entry], matching: Int, page: Int, pages: Int) {
        self.targets = targets
        self.matching = matching
        self.page = page
        self.pages = pages
    }
}

/// Which targets to report on: a filter, and one page of the targets that pass it.
package struct TargetQuery: Sendable, Hashable {
    /// The name of a bot; `nil` for all bots.
    package var bot: String?
    /// `nil` for any collector.
    package var collector: Collector?
    /// `nil` for any attention.
    package var attention: Attention?
    /// The number of the page, from 0.
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
