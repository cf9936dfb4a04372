package import Exposition

/// The families about polling itself.
package enum PollFamilies {
    private static let labels = ["bot", "collector", "language", "state"]

    package static let botInfo = MetricFamily(
        "koreai_bot_info",
        .gauge,
        labels: ["bot", "bot_id", "base_url"],
        help: "A configured bot, with its own labels from the configuration; always 1."
    )
    package static let up = MetricFamily(
        "koreai_poll_up",
        .gauge,
        labels: labels,
        help: "Whether the last poll of the target gave a usable reply (1) or not (0)."
    )
    package static let failing = MetricFamily(
        "koreai_poll_failing",
        .gauge,
        labels: labels + ["reason"],
        help: "Why the last poll of the target gave no usable reply; always 1, and there only while polls fail."
    )
    package static let lastAttempt = MetricFamily(
        "koreai_poll_last_attempt_timestamp_seconds",
        .gauge,
        labels: labels,
        help: "When the target was last polled."
    )
    package static let lastSuccess = MetricFamily(
        "koreai_poll_last_success_timestamp_seconds",
        .gauge,
        labels: labels,
        help: "When a poll of the target last gave a usable reply."
    )
    package static let interval = MetricFamily(
        "koreai_poll_interval_seconds",
        .gauge,
        labels: labels,
        help: "The interval between two polls of the target that is now in force."
    )
    package static let targets = MetricFamily(
        "koreai_exporter_targets",
        .gauge,
        labels: ["collector"],
        help: "Targets that are configured to be polled."
    )
    package static let requests = MetricFamily(
        "koreai_api_requests_total",
        .counter,
        labels: ["endpoint", "code"],
        help: "Requests made to the platform, by HTTP status (0 where none came)."
    )
    package static let requestFailures = MetricFamily(
        "koreai_api_request_failures_total",
        .counter,
        labels: ["endpoint", "reason"],
        help: "Requests to the platform that gave no usable reply, by reason."
    )
    package static let requestDuration = MetricFamily(
        "koreai_api_request_duration_seconds",
        .histogram,
        labels: ["endpoint"],
        help: "How long requests to the platform took, the wait for a free connection included."
    )
    package static let throttled = MetricFamily(
        "koreai_api_throttled_total",
        .counter,
        labels: ["budget"],
        help: "Requests that the platform refused because its rate limit was reached."
    )
    package static let pollsDelayed = MetricFamily(
        "koreai_polls_delayed_total",
        .counter,
        labels: ["bot"],
        help: "Polls that came later than wanted because the budget for requests had no room."
    )
    package static let budgetRemaining = MetricFamily(
        "koreai_api_budget_remaining",
        .gauge,
        labels: ["budget", "window"],
        help: "Requests that may still be made in the rolling minute or hour; 0 while the platform asked for a pause."
    )
    package static let budgetLimit = MetricFamily(
        "koreai_api_budget_limit",
        .gauge,
        labels: ["budget", "window"],
        help: "Requests allowed in any minute or hour: as configured, or fewer after the platform refused some earlier."
    )
    package static let unrecognized = MetricFamily(
        "koreai_unrecognized_values_total",
        .counter,
        labels: ["collector", "field"],
        help: "Statuses, flags and times in replies that could not be understood."
    )

    package static let storeWriteFailures = MetricFamily(
        "koreai_exporter_store_write_failures_total",
        .counter,
        help:
            "Commits to the store that failed. Nothing is lost by it: what was to be committed waits for the next one."
    )

    /// How polling a target goes.
    package static let ofTarget = [up, failing, lastAttempt, lastSuccess, interval]

    package static let all = [
        botInfo, up, failing, lastAttempt, lastSuccess, interval, targets, requests, requestFailures, requestDuration,
        throttled,
        pollsDelayed, budgetRemaining, budgetLimit, unrecognized,
    ]
}
