package import Exposition
package import KoreAI

/// The families about lists of bots: what they tell of a bot, and the bots that are found by themselves.
package enum DiscoveryFamilies {
    /// Shown with the plan that is followed.
    package static let botPublished = MetricFamily.gauge("koreai_bot_published", ["bot"])
        .help(
            """
            Whether the list of bots says that the bot has a published version. Only of bots that a list told of; where it \
            is 0, the state published is not polled.
            """
        )

    package static let bots = MetricFamily.gauge("koreai_discovery_bots", ["discovery"])
        .help("Bots that the discovery has found and that are watched.")
    package static let lastAttempt = MetricFamily.gauge(
        "koreai_discovery_last_attempt_timestamp_seconds",
        ["discovery"]
    )
    .help("When the list of bots was last asked for.")
    package static let lastSuccess = MetricFamily.gauge(
        "koreai_discovery_last_success_timestamp_seconds",
        ["discovery"]
    )
    .help("When the list of bots last came whole, also before a restart.")
    package static let failures = MetricFamily.counter("koreai_discovery_failures_total", ["discovery", "reason"])
        .help("Times that the list of bots could not be downloaded or, with reason incomplete, was not complete.")

    /// How the discoveries do.
    package static let ofDiscovery = [bots, lastAttempt, lastSuccess]

    package static let all = ofDiscovery + [failures, botPublished]
}

/// Why a discovery has no whole list.
package struct DiscoveryFailure: Sendable, Hashable {
    private static let incomplete = "incomplete"
    /// The `reason` labels of `koreai_discovery_failures_total`.
    package static let reasons = APIError.Reason.allCases.map(\.rawValue) + [incomplete]

    /// One of ``reasons``.
    package var reason: String
    /// A sentence for the operator.
    package var message: String
    /// How long the platform asks to stay away, where it says so.
    package var retryAfter: Duration?

    /// A page could not be downloaded.
    package init(_ error: APIError) {
        (reason, message, retryAfter) = (error.reason.rawValue, error.message, error.retryAfter)
    }

    /// The list came, but not whole.
    ///
    /// - Parameter gap: The list's ``BotList/gap``.
    package init(gap: String) {
        reason = Self.incomplete
        message = "\(gap). Bots that are missing in it are watched on, and it is asked for again soon"
    }
}

/// When each discovery asks for its list.
///
/// A value: it takes times as arguments.
package struct DiscoverySchedule: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// A change that is worth a line of the log.
    package enum News: Sendable, Hashable {
        /// The discovery fails for another reason than before.
        case fails
        /// The discovery succeeds after it failed.
        case works
    }

    private struct Attempt: Sendable {
        var ended: Instant
        /// Failures in a row, up to now.
        var failures = 0
        var failure: DiscoveryFailure?
    }

    /// The wait after the first failure. It doubles with each further one, up to the discovery's own interval.
    private static let shortestRetry = Duration.seconds(30)
    /// The longest `Retry-After` that is followed.
    private static let longestRetryAfter = Duration.seconds(3600)

    private var attempts: [String: Attempt] = [:]

    package init() {}

    /// - Parameter interval: The configured interval between two lists.
    package func isDue(_ discovery: String, interval: Duration, now: Instant) -> Bool {
        guard let attempt = attempts[discovery] else { return true }
        return now >= attempt.ended + Self.delay(after: attempt, interval: interval)
    }

    /// An attempt has ended.
    ///
    /// - Parameter failure: Why it has no whole list; `nil` where it has.
    /// - Returns: What there is to log: a failure once, not with each retry.
    package mutating func ended(_ discovery: String, failure: DiscoveryFailure?, now: Instant) -> News? {
        let before = attempts[discovery]
        attempts[discovery] = Attempt(
            ended: now,
            failures: failure == nil ? 0 : (before?.failures ?? 0) + 1,
            failure: failure
        )
        guard failure?.reason != before?.failure?.reason else { return nil }
        return failure == nil ? .works : .fails
    }

    private static func delay(after attempt: Attempt, interval: Duration) -> Duration {
        guard let failure = attempt.failure else { return interval }
        var retry = shortestRetry
        for _ in 1..<max(1, attempt.failures) where retry < interval { retry *= 2 }
        return max(min(retry, interval), min(failure.retryAfter ?? .zero, longestRetryAfter))
    }
}
