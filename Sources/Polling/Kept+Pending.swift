import Archive
import Tracking

extension Kept {
    /// What the store will have once the batch is in it.
    func overlaid(with pending: Batch) -> Kept {
        var kept = self
        kept.trackers.merge(pending.trackers) { $1 }
        for (target, moment) in pending.repetitions { kept.trackers[target]?.repeat(at: moment) }
        kept.values.merge(pending.values) { $1 }
        return kept
    }
}
