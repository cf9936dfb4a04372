package import Exposition

/// The families of the export collector.
package enum ExportFamilies {
    private static let labels = ["bot", "export"]

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
