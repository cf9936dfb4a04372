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
    package static let inSync = MetricFamily(
        "koreai_ml_in_sync",
        .gauge,
        labels: flagLabels + ["component"],
        help: "Whether the model was trained with this component as it was at the last poll (1) or not (0)."
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

    package static let all = [status, lastCompletion, lastSuccess, inSync, nlpVersion, trainVersion]
}
