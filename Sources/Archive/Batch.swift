package import Tracking

/// What one commit writes: all of it or nothing.
package struct Batch: Sendable, Hashable {
    package var trackers: [Target: TargetTracker] = [:]
    /// In the order in which they ended.
    package var runs: [HistoryEntry] = []
    /// Whatever else outlives the process, such as the state of a budget, by a name of the writer's choice.
    package var values: [String: [UInt8]] = [:]

    package init() {}

    package var isEmpty: Bool {
        trackers.isEmpty && runs.isEmpty && values.isEmpty
    }

    /// Adds what came later: of a target or a value the later state is kept, runs follow those that are here.
    mutating func append(_ later: Batch) {
        trackers.merge(later.trackers) { $1 }
        runs += later.runs
        values.merge(later.values) { $1 }
    }
}
