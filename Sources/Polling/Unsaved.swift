import Archive
import Tracking

/// What is not in the store yet.
struct Unsaved: Sendable {
    /// So many runs wait at most while the store fails for long: then the oldest are left out of the history. The
    /// counters lose nothing, they are part of the targets.
    static let mostRuns = 100_000
    /// A budget is saved after so many requests: a process that is killed forgets fewer of them, which the reserve for
    /// triggers covers.
    static let requestsBetweenSaves = 3

    /// The numbers of targets that were polled.
    var targets: Set<Int> = []
    /// The numbers of budgets that were used.
    var budgets: Set<Int> = []
    /// Targets that are not polled any more, as they were last.
    var leaving: [Target: TargetTracker] = [:]
    private(set) var runs: [HistoryEntry] = []
    /// Whatever else is kept, by name.
    var values: [String: [UInt8]] = [:]
    /// Runs that were left out of the history.
    private(set) var droppedRuns = 0
    private var requests: [Int: Int] = [:]

    mutating func count(requestOf budget: Int) {
        let count = (requests[budget] ?? 0) + 1
        requests[budget] = count < Self.requestsBetweenSaves ? count : nil
        if count >= Self.requestsBetweenSaves { budgets.insert(budget) }
    }

    /// In the order in which they ended.
    mutating func add(_ ended: [HistoryEntry]) {
        runs += ended
        boundRuns()
    }

    mutating func giveBack(_ changes: Changes) {
        runs = changes.batch.runs + runs
        values.merge(changes.batch.values) { newer, _ in newer }
        boundRuns()
    }

    /// All of it has been taken.
    mutating func clear() {
        targets.removeAll(keepingCapacity: true)
        budgets.removeAll(keepingCapacity: true)
        leaving = [:]
        runs = []
        values = [:]
    }

    /// The numbers are those of another plan from now on. What they stood for stays unsaved.
    mutating func reload(leaving old: PollState, numbers: [Target: Int]) {
        for number in targets where old.records[number].isUncommitted {
            let tracker = old.records[number].tracker
            if numbers[tracker.target] == nil { leaving[tracker.target] = tracker }
        }
        let polled = targets.compactMap { numbers[old.records[$0].tracker.target] }
        targets = Set(polled)
        budgets = []
        requests = [:]
    }

    private mutating func boundRuns() {
        guard runs.count > Self.mostRuns else { return }
        // A tenth at once, so that not every run that is added moves all others.
        let surplus = runs.count - Self.mostRuns * 9 / 10
        runs.removeFirst(surplus)
        droppedRuns += surplus
    }
}
