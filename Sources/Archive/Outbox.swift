package import Model
package import Tracking

/// Collects what must be committed, hands it out in batches, one at a time, and takes a batch back that failed.
///
/// ```
///   add ──▶ waiting ── take ──▶ under way ── committed ──▶ in the store
///              ▲                    │
///              └────── failed ──────┘   in front of what came meanwhile
/// ```
///
/// A value: it neither waits nor writes.
package struct Outbox: Sendable {
    /// The most runs that wait while the store fails: beyond that the oldest are left out of the history. The counters lose
    /// nothing, as they are part of the trackers.
    package static let mostRuns = 100_000

    private var waiting = Batch()
    private var underWay: Batch?
    /// Runs that were left out of the history because the store failed for too long.
    package private(set) var droppedRuns = 0

    package init() {}

    /// Whether nothing waits and nothing is under way.
    package var isEmpty: Bool {
        waiting.isEmpty && underWay == nil
    }

    /// All that is not in the store yet.
    package var pending: Batch {
        guard var batch = underWay else { return waiting }
        batch.append(waiting)
        return batch
    }

    /// Whether a batch can be taken now.
    package var isReady: Bool {
        !waiting.isEmpty && underWay == nil
    }

    /// A target changed.
    ///
    /// - Parameter ended: The runs or jobs that the change brought to light, in their order.
    package mutating func add(_ tracker: TargetTracker, ended: [EndedRun] = []) {
        waiting.add(tracker)
        for run in ended {
            waiting.runs.append(HistoryEntry(target: tracker.target, run: run))
        }
        boundRuns()
    }

    /// A target's last reply came once more, and nothing else changed since it was added last, or since it was loaded.
    package mutating func add(_ target: Target, repeatedAt moment: ClockReading) {
        waiting.add(target, repeatedAt: moment)
    }

    /// The exporter did something by itself, or knows more of what it did.
    package mutating func add(_ action: ActionEntry) {
        waiting.actions.append(action)
    }

    /// Something else changed that outlives the process.
    package mutating func set(_ value: [UInt8], for name: String) {
        waiting.values[name] = value
    }

    /// Hands out what waits; ``committed()`` or ``failed()`` must follow.
    ///
    /// - Returns: `nil` where nothing waits or a batch is under way.
    package mutating func take() -> Batch? {
        guard isReady else { return nil }
        let batch = waiting
        waiting = Batch()
        underWay = batch
        return batch
    }

    /// The batch is in the store.
    ///
    /// - Returns: The batch, whose changes may be shown now; `nil` where none was under way.
    @discardableResult
    package mutating func committed() -> Batch? {
        defer { underWay = nil }
        return underWay
    }

    /// Nothing of the batch is in the store. It waits again.
    package mutating func failed() {
        guard var batch = underWay else { return }
        underWay = nil
        batch.append(waiting)
        waiting = batch
        boundRuns()
    }

    private mutating func boundRuns() {
        guard waiting.runs.count > Self.mostRuns else { return }
        // A tenth at once, so that not every run that is added moves all others.
        let surplus = waiting.runs.count - Self.mostRuns * 9 / 10
        waiting.runs.removeFirst(surplus)
        droppedRuns += surplus
    }
}
