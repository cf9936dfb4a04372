package import Exposition

/// The families of the training collectors.
package enum TrainingFamilies {
    private static let labels = ["bot", "engine", "language", "state"]
    private static let flagLabels = ["bot", "language", "state"]
    /// Of training runs, in seconds: from a small bot's half a minute to one that runs for hours.
    package static let durationBounds: [Double] = [
        10, 30, 60, 120, 180, 300, 450, 600, 900, 1200, 1800, 2700, 3600, 7200, 14_400,
    ]

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
        help: "Training runs that are proven to have ended, well or badly."
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
            "When the component was first seen out of sync with the model, until it is seen in sync or replies no longer tell of it."
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
        help: "The platform's nlpVersion, as last told: the NLP version that the language is set to."
    )
    package static let trainVersion = MetricFamily(
        "koreai_ml_train_version",
        .gauge,
        labels: flagLabels,
        help:
            "The platform's trainVersion, as last told; where nlpVersion differs, the model has another NLP version."
    )

    package static let all = [
        status, lastStart, lastCompletion, lastSuccess, lastDuration, duration, runs, failures, inSync, outOfSyncSince,
        drifts, nlpVersion, trainVersion,
    ]
}

/// The families of the export collector.
package enum ExportFamilies {
    private static let labels = ["bot", "export"]
    /// Of export jobs, in seconds.
    package static let durationBounds: [Double] = [1, 2.5, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600]

    package static let status = MetricFamily(
        "koreai_export_status",
        .gauge,
        labels: labels + ["status"],
        help: "Whether the latest export job was in this status at the last poll (1) or not (0); one status is 1."
    )
    package static let progress = MetricFamily(
        "koreai_export_progress_ratio",
        .gauge,
        labels: labels,
        help: "How much of the latest export job was done at the last poll, from 0 to 1."
    )
    package static let start = MetricFamily(
        "koreai_export_start_timestamp_seconds",
        .gauge,
        labels: labels,
        help: "When the latest export job was created, by the platform's clock, as of the last poll."
    )
    package static let lastUpdate = MetricFamily(
        "koreai_export_last_update_timestamp_seconds",
        .gauge,
        labels: labels,
        help: "When the latest export job last changed, by the platform's clock, as of the last poll."
    )
    package static let lastDuration = MetricFamily(
        "koreai_export_last_duration_seconds",
        .gauge,
        labels: labels,
        help:
            "How long the last ended export job took, by the platform's clock where its times make sense, as of the last poll."
    )
    package static let duration = MetricFamily(
        "koreai_export_duration_seconds",
        .histogram,
        labels: labels,
        help: "How long export jobs took, by the platform's clock where its times make sense."
    )
    package static let jobs = MetricFamily(
        "koreai_export_jobs_total",
        .counter,
        labels: labels,
        help: "Export jobs that ended, well or badly."
    )
    package static let failures = MetricFamily(
        "koreai_export_failures_total",
        .counter,
        labels: labels,
        help: "Export jobs that ended badly."
    )
    package static let downloadAvailable = MetricFamily(
        "koreai_export_download_available",
        .gauge,
        labels: labels,
        help:
            "Whether the latest export job, being successful, had a download link (1) or lacked it (0) at the last poll."
    )

    package static let all = [
        status, progress, start, lastUpdate, lastDuration, duration, jobs, failures, downloadAvailable,
    ]
}
