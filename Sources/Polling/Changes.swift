import Archive
import Exposition

/// What changed since the last commit: committed first, shown then.
struct Changes: Sendable {
    /// Of the plan that the numbers are of.
    var generation = 0
    /// Of the targets that were polled, as they were when the changes were taken.
    var targets: [PollChange] = []
    var batch = Batch()

    var isEmpty: Bool { targets.isEmpty && batch.isEmpty }
}
