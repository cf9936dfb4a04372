/// The state of an export job, as the `status` label writes it.
package enum ExportStatus: String, Sendable, Hashable, CaseIterable {
    case pending
    case inProgress = "in_progress"
    case success
    case failed
    /// A word that is not known, or none.
    case unknown
}
