import Archive

/// Where a ledger is kept, with the history of what was done by it.
struct LedgerStore: Sendable {
    let archive: Archive
    /// The ledger's in the store.
    let name: String

    /// The ledger as it was kept; an empty one where there is none that can be read.
    func ledger(in kept: Kept) -> ActionLedger {
        kept.values[name].flatMap { try? ActionLedger(stored: $0) } ?? ActionLedger()
    }

    /// Keeps both, or neither.
    func commit(_ ledger: ActionLedger, _ entry: ActionEntry? = nil) async throws(ArchiveError) {
        var batch = Batch()
        batch.values[name] = ledger.stored
        batch.actions = entry.map { [$0] } ?? []
        try await archive.commit(batch)
    }
}
