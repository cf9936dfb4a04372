package import Exposition
import KoreAI
import Model

/// The families of the training collectors.
package enum TrainingFamilies {
    /// The upper bounds of the durations' buckets, in seconds: from a small bot's half a minute to a run of hours.
    package static let durationBounds: [Double] = [
        10, 30, 60, 120, 180, 300, 450, 600, 900, 1200, 1800, 2700, 3600, 7200, 14_400,
    ]
    private static let run = FamilyMaker<TrainingTracker>(labels: ["bot", "engine", "language", "state"])
    private static let model = FamilyMaker<TrainingTracker>(labels: ["bot", "language", "state"])

    static let ofRuns = [
        run.status("koreai_training_status") { $0.status }
            .help("Whether the training was in this status at the last poll (1) or not (0); one status is 1."),
        run.gauge("koreai_training_last_start_timestamp_seconds") { $0.runs.lastStart?.seconds }
            .help("When the current or last training run was first seen running, as of the last poll."),
        run.gauge("koreai_training_last_completion_timestamp_seconds") { $0.runs.lastCompletion?.seconds }
            .help("When the last training run ended, well or badly, as of the last poll."),
        run.gauge("koreai_training_last_success_timestamp_seconds") { $0.runs.lastSuccess?.seconds }
            .help("When the last successful training run ended, as of the last poll."),
        run.gauge("koreai_training_last_duration_seconds") { $0.totals.last?.seconds }
            .help("How long the last training run took that was seen to start and end, as of the last poll."),
        run.durations("koreai_training_duration_seconds")
            .help("How long training runs took that were seen to start and end."),
        run.counter("koreai_training_runs_total") { $0.totals.ended }
            .help("Training runs that are proven to have ended, well or badly."),
        run.counter("koreai_training_failures_total") { $0.totals.failed }
            .help("Training runs that ended badly."),
    ]

    /// The families of ML trainings alone.
    static let ofModel = [
        model.flag("koreai_ml_in_sync", each: "component") {
            $0.drifts.drifts.filter(\.isTold).map { ($0.component, $0.inSync) }
        }
        .help("Whether the model was trained with this component as it was at the last poll (1) or not (0)."),
        model.gauge("koreai_ml_out_of_sync_since_timestamp_seconds", each: "component") {
            $0.drifts.drifts.compactMap { drift in drift.since.map { (drift.component, $0.seconds) } }
        }
        .help(
            "When the component was first seen out of sync with the model, until it is seen in sync or replies no longer tell of it."
        ),
        model.counter("koreai_ml_drifts_total", each: "component") { $0.drifts.drifts.map { ($0.component, $0.count) } }
            .help("Times the component was seen to go out of sync with the model."),
        model.gauge("koreai_ml_nlp_version") { $0.nlpVersion.map { Double($0) } }
            .help("The platform's nlpVersion, as last told: the NLP version that the language is set to."),
        model.gauge("koreai_ml_train_version") { $0.runs.version.map { Double($0) } }
            .help(
                "The platform's trainVersion, as last told; where nlpVersion differs, the model has another NLP version."
            ),
    ]

    package static let all = (ofRuns + ofModel).map(\.family)
}

/// The families of the export collector.
package enum ExportFamilies {
    /// The upper bounds of the durations' buckets, in seconds.
    package static let durationBounds: [Double] = [1, 2.5, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600]
    private static let job = FamilyMaker<ExportTracker>(labels: ["bot", "export"])

    static let ofJobs = [
        job.status("koreai_export_status") { $0.reply?.status }
            .help("Whether the latest export job was in this status at the last poll (1) or not (0); one status is 1."),
        job.gauge("koreai_export_progress_ratio") { $0.reply?.progress }
            .help("How much of the latest export job was done at the last poll, from 0 to 1."),
        job.gauge("koreai_export_start_timestamp_seconds") { $0.reply.flatMap { JobReading($0).start?.seconds } }
            .help("When the latest export job was created, by the platform's clock, as of the last poll."),
        job.gauge("koreai_export_last_update_timestamp_seconds") { $0.reply?.lastModified?.seconds }
            .help("When the latest export job last changed, by the platform's clock, as of the last poll."),
        job.gauge("koreai_export_last_duration_seconds") { $0.lastDuration.map { Double($0) / 1000 } }
            .help(
                "How long the last ended export job took, by the platform's clock where its times make sense, as of the last poll."
            ),
        job.durations("koreai_export_duration_seconds")
            .help("How long export jobs took, by the platform's clock where its times make sense."),
        job.counter("koreai_export_jobs_total") { $0.totals.ended }
            .help("Export jobs that ended, well or badly."),
        job.counter("koreai_export_failures_total") { $0.totals.failed }
            .help("Export jobs that ended badly."),
        job.flag("koreai_export_download_available") {
            $0.reply?.status == .success ? $0.reply?.downloadURL != nil : nil
        }
        .help(
            "Whether the latest export job, being successful, had a download link (1) or lacked it (0) at the last poll."
        ),
    ]

    package static let all = ofJobs.map(\.family)
}

/// The families of the publish collector.
package enum PublishFamilies {
    /// The upper bounds of the durations' buckets, in seconds: from a small bot's few seconds to a large bot's training of
    /// an hour.
    package static let durationBounds: [Double] = [
        5, 10, 15, 30, 60, 120, 180, 300, 450, 600, 900, 1200, 1800, 3600, 7200,
    ]
    private static let publish = FamilyMaker<PublishTracker>(labels: ["bot"])

    static let ofPublishes = [
        publish.status("koreai_publish_status") { $0.reply?.status }
            .help("Whether the latest publish was in this status at the last poll (1) or not (0); one status is 1."),
        publish.gauge("koreai_publish_progress_ratio") { $0.reply?.progress }
            .help("How much of the latest publish was done at the last poll, from 0 to 1."),
        publish.gauge("koreai_publish_start_timestamp_seconds") { $0.reply.flatMap { JobReading($0).start?.seconds } }
            .help("When the latest publish began, by the platform's clock, as of the last poll."),
        publish.gauge("koreai_publish_last_completion_timestamp_seconds") { $0.last?.completion?.seconds }
            .help("When the last publish ended, well or badly, by the platform's clock, as of the last poll."),
        publish.gauge("koreai_publish_last_success_timestamp_seconds") { $0.lastSuccess?.seconds }
            .help("When the last successful publish ended, by the platform's clock, as of the last poll."),
        publish.gauge("koreai_publish_last_duration_seconds") { $0.last?.duration.map { Double($0) / 1000 } }
            .help(
                "How long the last ended publish took, by the platform's clock where its times make sense, as of the last poll."
            ),
        publish.durations("koreai_publish_duration_seconds")
            .help("How long publishes took, by the platform's clock where its times make sense."),
        publish.counter("koreai_publish_jobs_total") { $0.totals.ended }
            .help("Publishes that ended, well or badly."),
        publish.counter("koreai_publish_failures_total") { $0.totals.failed }
            .help("Publishes that ended badly."),
        publish.flag("koreai_publish_part_failed", each: "part") { $0.last?.endedParts ?? [] }
            .help(
                "Whether this part of the last ended publish failed (1) or not (0). A part that the platform does not tell of has no series."
            ),
    ]

    package static let all = ofPublishes.map(\.family)
}
