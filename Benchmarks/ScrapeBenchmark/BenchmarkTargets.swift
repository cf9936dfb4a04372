import Exposition

/// Targets with 18 series each in 14 families: what the exporter shows of a trained bot, less what has many buckets or flags.
struct BenchmarkTargets {
    private static let statuses = ["failed", "finished", "in_progress", "queued", "unknown"]
    private static let labels = ["bot", "engine", "language", "state"]
    private static let times = ["start", "completion", "success"].map { name in
        MetricFamily(
            "koreai_training_last_\(name)_timestamp_seconds",
            .gauge,
            labels: labels,
            help: "When the last training run came to its \(name)."
        )
    }
    private static let status = MetricFamily(
        "koreai_training_status",
        .gauge,
        labels: labels + ["status"],
        help: "Whether the training was in this status at the last poll (1) or not (0); one status is 1."
    )
    private static let duration = MetricFamily(
        "koreai_training_last_duration_seconds",
        .gauge,
        labels: labels,
        help: "How long the last training run took that was seen to start and end, as of the last poll."
    )
    private static let runs = MetricFamily(
        "koreai_training_runs_total",
        .counter,
        labels: labels,
        help: "Training runs that ended, well or badly."
    )
    private static let failures = MetricFamily(
        "koreai_training_failures_total",
        .counter,
        labels: labels,
        help: "Training runs that ended badly."
    )
    private static let versions = ["nlp", "train"].map { name in
        MetricFamily(
            "koreai_ml_\(name)_version",
            .gauge,
            labels: labels,
            help: "The platform's \(name)Version of the model at the last poll."
        )
    }
    private static let inSync = MetricFamily(
        "koreai_ml_in_sync",
        .gauge,
        labels: labels,
        help: "Whether the model was trained with its utterances as they were at the last poll (1) or not (0)."
    )
    private static let polls = [
        "up", "interval_seconds", "last_attempt_timestamp_seconds", "last_success_timestamp_seconds",
    ]
    .map { MetricFamily("koreai_poll_\($0)", .gauge, labels: labels, help: "Of the last poll of the target.") }

    private var rounds: [Int]
    private var next = 0

    init(count: Int) {
        rounds = [Int](repeating: 0, count: count)
    }

    func showAll(in registry: Registry) {
        for target in rounds.indices { show(target, in: registry) }
    }

    /// Lets a run end for each of so many targets, spread over all of them: 16 of 18 values change.
    mutating func change(_ count: Int, in registry: Registry) {
        let step = max(1, rounds.count / max(1, count))
        for number in 0..<count {
            let target = (next + number * step) % rounds.count
            rounds[target] += 1
            show(target, in: registry)
        }
        next += 1
    }

    private func show(_ target: Int, in registry: Registry) {
        let round = rounds[target]
        let labels = ["bot-\(target)", "ml", "en", "published"]
        let group = SeriesGroup(labels)
        let now = 1_763_731_200 + Double(target) / 1000 + Double(round) * 60
        func number(_ family: MetricFamily, _ value: Double) -> FamilySamples {
            FamilySamples(family, group: group, [Sample(labels, number: value)])
        }
        let status = Self.statuses.enumerated().map { number, name in
            Sample(labels + [name], isTrue: number == round % Self.statuses.count)
        }
        registry.update(
            [
                FamilySamples(Self.status, group: group, status),
                FamilySamples(Self.runs, group: group, [Sample(labels, count: UInt64(round))]),
                FamilySamples(Self.failures, group: group, [Sample(labels, count: UInt64(round / 2))]),
                number(Self.duration, 95.25 + Double(round)),
                number(Self.inSync, Double(round % 2)),
                number(Self.polls[0], 1),
                number(Self.polls[1], 60),
                number(Self.polls[2], now),
                number(Self.polls[3], now),
            ] + Self.times.map { number($0, now - 100) } + Self.versions.map { number($0, Double(round + 1)) }
        )
    }
}
