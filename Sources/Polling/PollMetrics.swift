import Archive
package import Exposition
import KoreAI
import Model
import Tracking

/// The counters of polling: the requests to the platform, and what became of their replies.
struct PollMetrics: Sendable {
    private let requests: CounterVector
    private let failures: CounterVector
    private let durations: HistogramVector
    private let throttled: CounterVector
    private let delayed: CounterVector
    private let unrecognized: CounterVector
    private let storeFailures: CounterVector

    init(registry: Registry) {
        requests = CounterVector(PollFamilies.requests, in: registry)
        failures = CounterVector(PollFamilies.requestFailures, in: registry)
        durations = HistogramVector(
            PollFamilies.requestDuration,
            bounds: PollFamilies.requestDurationBounds,
            in: registry
        )
        throttled = CounterVector(PollFamilies.throttled, in: registry)
        delayed = CounterVector(PollFamilies.pollsDelayed, in: registry)
        unrecognized = CounterVector(PollFamilies.unrecognized, in: registry)
        storeFailures = CounterVector(PollFamilies.storeWriteFailures, known: [[]], in: registry)
    }

    /// The counters of what will be polled start at 0, and those of bots and budgets that are gone vanish.
    func know(_ plan: PollPlan) {
        let endpoints = Set(plan.targets.map(\.target.collector.endpoint))
        let reasons = endpoints.flatMap { endpoint in
            APIError.Reason.allCases.map { [endpoint.rawValue, $0.rawValue] }
        }
        failures.know(reasons)
        throttled.keepOnly(Set(plan.requestBudgets.map { [$0.label] }))
        delayed.keepOnly(Set(plan.targets.map { [$0.target.bot] }))
    }

    /// A commit to the store failed.
    func countStoreFailure() {
        storeFailures.add(to: [])
    }

    /// A poll came later than wanted for want of budget.
    func countDelay(of target: PollTarget) {
        delayed.add(to: [target.target.bot])
    }

    func count(_ reply: PollReply, of target: PollTarget) {
        count(reply, ofBudget: target.budget)
        guard case .success(let decoded) = reply.result else { return }
        count(decoded.unrecognized, of: target)
    }

    /// Counts values of a reply that are not understood, or not followed.
    func count(_ values: [UnrecognizedValue], of target: PollTarget) {
        for value in values {
            unrecognized.add(to: [target.target.collector.rawValue, value.field])
        }
    }

    /// Counts a request and what became of it.
    func count<Value>(_ call: APICall<Value>, ofBudget budget: RequestBudget) {
        // Those before the last died with their connection, without a reply.
        if call.requests > 1 { requests.add(UInt64(call.requests - 1), to: [call.endpoint.rawValue, "0"]) }
        count(call.endpoint, call.code, call.result.failure?.reason, call.duration, budget: budget.label)
    }

    /// Counts a request that a command made beside us.
    func count(_ request: CommandRequest) {
        // A command of another version may know a call that this one does not.
        guard let endpoint = Endpoint(rawValue: request.endpoint) else { return }
        let reason = request.reason.flatMap { APIError.Reason(rawValue: $0) }
        count(endpoint, request.code, reason, request.duration, budget: request.budget)
    }

    private func count(
        _ endpoint: Endpoint,
        _ code: Int,
        _ reason: APIError.Reason?,
        _ duration: Duration,
        budget: String
    ) {
        requests.add(to: [endpoint.rawValue, String(code)])
        durations.observe(duration / .seconds(1), [endpoint.rawValue])
        guard let reason else { return }
        failures.add(to: [endpoint.rawValue, reason.rawValue])
        if reason == .throttled { throttled.add(to: [budget]) }
    }
}

/// The families about polling itself.
package enum PollFamilies {
    private static let labels = ["bot", "collector", "language", "state"]

    package static let botInfo = MetricFamily.gauge("koreai_bot_info", ["bot", "bot_id", "base_url"])
        .help("A configured bot, with its own labels from the configuration; always 1.")
    package static let up = MetricFamily.gauge("koreai_poll_up", labels)
        .help("Whether the last poll of the target gave a usable reply (1) or not (0).")
    package static let failing = MetricFamily.gauge("koreai_poll_failing", labels + ["reason"])
        .help("Why the last poll of the target gave no usable reply; always 1, and there only while polls fail.")
    package static let lastAttempt = MetricFamily.gauge("koreai_poll_last_attempt_timestamp_seconds", labels)
        .help("When the target was last polled.")
    package static let lastSuccess = MetricFamily.gauge("koreai_poll_last_success_timestamp_seconds", labels)
        .help("When a poll of the target last gave a usable reply.")
    package static let interval = MetricFamily.gauge("koreai_poll_interval_seconds", labels)
        .help("The interval between two polls of the target that is now in force.")
    package static let targets = MetricFamily.gauge("koreai_exporter_targets", ["collector"])
        .help("Targets that are configured to be polled.")
    package static let requests = MetricFamily.counter("koreai_api_requests_total", ["endpoint", "code"])
        .help("Requests made to the platform, by HTTP status (0 where none came).")
    package static let requestFailures = MetricFamily.counter(
        "koreai_api_request_failures_total",
        ["endpoint", "reason"]
    )
    .help("Requests to the platform that gave no usable reply, by reason.")
    package static let requestDuration = MetricFamily.histogram("koreai_api_request_duration_seconds", ["endpoint"])
        .help("How long requests to the platform took, the wait for a free connection included.")
    /// The classic buckets of `requestDuration`, in seconds.
    package static let requestDurationBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    package static let throttled = MetricFamily.counter("koreai_api_throttled_total", ["budget"])
        .help("Requests that the platform refused because its rate limit was reached.")
    package static let pollsDelayed = MetricFamily.counter("koreai_polls_delayed_total", ["bot"])
        .help("Polls that came later than wanted because the budget for requests had no room.")
    package static let budgetRemaining = MetricFamily.gauge("koreai_api_budget_remaining", ["budget", "window"])
        .help(
            """
            Requests that may still be made in the rolling minute or hour; 0 while the platform asked for a pause. Of \
            status calls about a bot: of its scarcest target.
            """
        )
    package static let budgetLimit = MetricFamily.gauge("koreai_api_budget_limit", ["budget", "window"])
        .help(
            "Requests allowed in any minute or hour: as configured, or fewer after the platform refused some earlier."
        )
    package static let unrecognized = MetricFamily.counter("koreai_unrecognized_values_total", ["collector", "field"])
        .help("Statuses, flags and times in replies that could not be understood.")

    package static let storeWriteFailures = MetricFamily.counter("koreai_exporter_store_write_failures_total")
        .help(
            "Commits to the store that failed. Nothing is lost by it: what was to be committed waits for the next one."
        )

    /// How polling a target goes.
    package static let ofTarget = [up, failing, lastAttempt, lastSuccess, interval]

    package static let all = [
        botInfo, up, failing, lastAttempt, lastSuccess, interval, targets, requests, requestFailures, requestDuration,
        throttled, pollsDelayed, budgetRemaining, budgetLimit, unrecognized,
    ]
}

/// The values of the series about polling a target; `nil` where a series is absent.
struct PollSeries: Sendable, Hashable {
    var lastAttempt: Timestamp?
    /// Why the last poll failed.
    var failure: APIError.Reason?
    var lastSuccess: Timestamp?
    var interval: Duration?

    /// The families whose samples are not those of `shown`.
    ///
    /// - Parameter labels: The values of `bot, collector, language, state`.
    func families(of labels: [String], in group: SeriesGroup, since shown: PollSeries) -> [FamilySamples] {
        var families: [FamilySamples] = []
        func add(_ family: MetricFamily, _ value: Double?, since shown: Double?) {
            guard value != shown else { return }
            families.append(FamilySamples(family, group: group, value.map { [Sample(labels, number: $0)] } ?? []))
        }
        add(PollFamilies.up, up, since: shown.up)
        if failure != shown.failure {
            let samples = failure.map { [Sample(labels + [$0.rawValue], number: 1)] } ?? []
            families.append(FamilySamples(PollFamilies.failing, group: group, samples))
        }
        add(PollFamilies.lastAttempt, lastAttempt?.seconds, since: shown.lastAttempt?.seconds)
        add(PollFamilies.lastSuccess, lastSuccess?.seconds, since: shown.lastSuccess?.seconds)
        add(PollFamilies.interval, interval.map { $0 / .seconds(1) }, since: shown.interval.map { $0 / .seconds(1) })
        return families
    }

    /// The families, all without samples.
    static func none(in group: SeriesGroup) -> [FamilySamples] {
        PollFamilies.ofTarget.map { FamilySamples($0, group: group, []) }
    }

    private var up: Double? {
        lastAttempt.map { _ in failure == nil ? 1 : 0 }
    }
}
