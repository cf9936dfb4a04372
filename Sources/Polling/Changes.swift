import Archive
import Exposition
import Tracking

/// What changed since the last commit: committed first, shown then.
struct Changes: Sendable {
    /// The targets that were polled, as they were when the changes were taken.
    var records: [PollRecord] = []
    var batch = Batch()

    var isEmpty: Bool { records.isEmpty && batch.isEmpty }

    /// The series to be shown once all of it is committed.
    func families() -> [FamilySamples] {
        records.flatMap { record in
            record.isStale ? record.families() + record.tracker.families() : record.families()
        }
    }
}
