package import KoreAI

/// What became of an action.
package struct ActionReport: Sendable {
    package let action: Action
    package var outcome: ActionOutcome
    /// When the platform accepted the start; `nil` where it did not.
    package var start: Timestamp?
    package var end: Timestamp
    /// How long the run took: as the polls saw it, or the platform tells; `nil` where it has not ended.
    package var duration: Duration?
    /// The file of an export, where it was written.
    package var file: String?
    /// Of that file.
    package var bytes: Int?
}
