/// Everything that a registry shows, at one moment.
struct Snapshot: Sendable {
    /// By name, none of them empty.
    let families: [ModelFamily]
    /// Counts the registry's changes.
    let revision: UInt64

    init(_ families: [ModelFamily], revision: UInt64) {
        self.families = families.sorted { $0.family.isBefore($1.family) }
        self.revision = revision
    }
}
