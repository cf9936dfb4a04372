package import Exposition

/// The families of the training collectors.
package enum TrainingFamilies {
    private static let labels = ["bot", "engine", "language", "state"]
    private static let flagLabels = ["bot", "language", "state"]

    package static let status = MetricFamily(
        "koreai_training_status",
        .gauge,
        labels: labels + ["status"],
        help: "Whether the training was in this status at the last poll (1) or not (0); one status is 1."
    )
    package static let lastStart = MetricFamily(
        "koreai_training_last_start_timestamp_seconds",
        .gauge,
        labels: labels,
        help: "When the current or last training run was first seen running, as of the last poll."
    )
    package static let lastCompletion = MetricFamily(
        "koreai_training_last_completion_timestamp_seconds",
        .gauge,
        labels: labels,
        help: "When the last training run ended, well or badly, as of the last poll."
    )
    package static let lastSuccess = MetricFamily(
        "koreai_training_last_success_timestamp_seconds",
        .gauge,
        labels: labels,
        help: "When the last successful training run ended, as of the last poll."
    )
    package static let lastDuration = MetricFamily(
        "koreai_training_last_duration_seconds",
        .gauge,
        labels: labels,
        help: "How long the last training run took that was seen to start and end, as of the last poll."
    )
    package static let duration = MetricFamily(
        "koreai_training_duration_seconds",
        .histogram,
        labels: labels,
        help: "How long training runs took that were seen to start and end."
    )
    package static let runs = MetricFamily(
        "koreai_training_runs_total",
        .counter,
        labels: labels,
        help: "Training runs that ended, well or badly."
    )
    package static let failures = MetricFamily(
        "koreai_training_failures_total",
        .counter,
        labels: labels,
        help: "Training runs that ended badly."
    )
    package static let inSync = MetricFamily(
        "koreai_ml_in_sync",
        .gauge,
        labels: flagLabels + ["component"],
        help: "Whether the model was trained with this component as it was at the last poll (1) or not (0)."
    )
    package static let outOfSyncSince = MetricFamily(
        "koreai_ml_out_of_sync_since_timestamp_seconds",
        .gauge,
        labels: flagLabels + ["component"],
        help:
            "When the component was first seen out of sync with the model, until it is seen in sync, as of the last poll."
    )
    package static let drifts = MetricFamily(
        "koreai_ml_drifts_total",
        .counter,
        labels: flagLabels + ["component"],
        help: "Times the component was seen to go out of sync with the model."
    )
    package static let nlpVersion = MetricFamily(
        "koreai_ml_nlp_version",
        .gauge,
        labels: flagLabels,
        help: "The platform's nlpVersion of the model at the last poll."
    )
    package static let trainVersion = MetricFamily(
        "koreai_ml_train_version",
        .gauge,
        labels: flagLabels,
        help: "The platform's trainVersion of the model at the last poll; it rises with each training."
    )

    package static let all = [
        status, lastStart, lastCompletion, lastSuccess, lastDuration, duration, runs, failures, inSync, outOfSyncSince,
        drifts, nlpVersion, trainVersion,
    ]
}
