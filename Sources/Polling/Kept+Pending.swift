import Archive

extension Kept {
    /// What the store will have once the batch is in it.
    func overlaid(with pending: Batch) -> Kept {
        var kept = self
        kept.trackers.merge(pending.trackers) { $1 }
        kept.values.merge(pending.values) { $1 }
        return kept
    }
}
