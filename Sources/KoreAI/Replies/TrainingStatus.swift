/// The state of a training, as the `status` label writes it.
package enum TrainingStatus: String, Sendable, Hashable, CaseIterable {
    case queued
    case inProgress = "in_progress"
    case finished
    case failed
    /// A word that is not known, or none.
    case unknown
}
