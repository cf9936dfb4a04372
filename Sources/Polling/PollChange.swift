import Archive
import Exposition
import Model
import Tracking

/// The changes of a target by polls since the last commit.
struct PollChange: Sendable {
    let target: Target
    /// The target's number in the plan of the changes' generation.
    let number: Int
    let labels: [String]
    let group: SeriesGroup
    let series: PollSeries
    let shown: PollSeries
    /// The tracker, where its domain series differ from those shown.
    let tracker: TargetTracker?

    /// The series to be shown once the change is committed.
    func families() -> [FamilySamples] {
        series.families(of: labels, in: group, since: shown) + (tracker?.families() ?? [])
    }

    /// The part of the change that the store does not keep.
    var unkept: PollSeries {
        var unkept = series
        unkept.lastSuccess = shown.lastSuccess
        return unkept
    }
}

/// All changes since the last commit: they are committed first and shown then.
struct Changes: Sendable {
    /// The generation of the plan whose numbers the changes have.
    var generation = 0
    /// The changes of the targets that were polled, as they were when the changes were taken.
    var targets: [PollChange] = []
    var batch = Batch()

    var isEmpty: Bool { targets.isEmpty && batch.isEmpty }
}

/// The changes that are not in the store yet, and are shown once they are.
struct Unsaved: Sendable {
    /// The requests after which a budget of which much is left is saved. A process that is killed forgets fewer of them,
    /// which the reserve for triggers covers.
    static let requestsBetweenSaves = 5

    /// The numbers of targets that were polled.
    var targets: Set<Int> = []
    /// Budgets that were used.
    var budgets: Set<UsedBudget> = []
    var outbox = Outbox()
    private var requests: [UsedBudget: Int] = [:]

    mutating func count(requestOf budget: UsedBudget, isScarce: Bool) {
        let count = (requests[budget] ?? 0) + 1
        let isDue = isScarce || count >= Self.requestsBetweenSaves
        requests[budget] = isDue ? nil : count
        if isDue { budgets.insert(budget) }
    }

    /// Takes the budgets that are to be saved now.
    mutating func takeBudgets() -> Set<UsedBudget> {
        defer { budgets.removeAll(keepingCapacity: true) }
        return budgets
    }

    /// The numbers are those of another plan from now on.
    ///
    /// - Parameter number: What a target's number is now; `nil` for one that is gone.
    mutating func renumber(_ number: (Int) -> Int?) {
        targets = Set(targets.compactMap(number))
        budgets = budgets.filter(\.isNamed)
        requests = requests.filter(\.key.isNamed)
    }
}

/// A budget of a plan that is to be saved.
enum UsedBudget: Hashable, Sendable {
    /// A budget that targets share, by its number.
    case shared(Int)
    /// A target's own, by the target's number.
    case target(Int)
    /// The budget of requests that are no polls.
    case call(RequestBudget)

    fileprivate var isNamed: Bool {
        if case .call = self { true } else { false }
    }
}

extension LoadedState {
    /// The state of the store once the batch is in it.
    func overlaid(with pending: Batch) -> LoadedState {
        var loaded = self
        loaded.trackers.merge(pending.trackers) { $1 }
        for (target, moment) in pending.repetitions { loaded.trackers[target]?.repeat(at: moment) }
        loaded.values.merge(pending.values) { $1 }
        return loaded
    }
}
