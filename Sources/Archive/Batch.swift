package import Tracking

/// What one commit writes: all of it or nothing.
package struct Batch: Sendable, Hashable {
    package private(set) var trackers: [Target: TargetTracker] = [:]
    /// When the last reply came once more, of targets of which nothing else changed. What they add to is in the store or
    /// in an earlier batch; none of ``trackers`` is among them.
    package private(set) var repetitions: [Target: Moment] = [:]
    /// In the order in which they ended.
    package var runs: [HistoryEntry] = []
    /// What the exporter did by itself. An entry that is in the store already gets the outcome of this one.
    package var actions: [ActionEntry] = []
    /// Whatever else outlives the process, such as the state of a budget, by a name of the writer's choice.
    package var values: [String: [UInt8]] = [:]

    package init() {}

    package var isEmpty: Bool {
        trackers.isEmpty && repetitions.isEmpty && runs.isEmpty && actions.isEmpty && values.isEmpty
    }

    /// A target changed.
    mutating func add(_ tracker: TargetTracker) {
        trackers[tracker.target] = tracker
        repetitions[tracker.target] = nil
    }

    /// A target's last reply came once more.
    mutating func add(_ target: Target, repeatedAt moment: Moment) {
        if trackers[target] == nil {
            repetitions[target] = moment
        } else {
            trackers[target]?.repeat(at: moment)
        }
    }

    /// Adds what came later: of a target or a value the later state is kept, runs follow those that are here.
    mutating func append(_ later: Batch) {
        for tracker in later.trackers.values { add(tracker) }
        for (target, moment) in later.repetitions { add(target, repeatedAt: moment) }
        runs += later.runs
        actions += later.actions
        values.merge(later.values) { $1 }
    }

    /// Without the states of targets that have no run among ``runs``.
    func historyOnly() -> Batch {
        let ended = Set(runs.map(\.target))
        var history = self
        history.trackers = trackers.filter { ended.contains($0.key) }
        history.repetitions = [:]
        return history
    }
}
