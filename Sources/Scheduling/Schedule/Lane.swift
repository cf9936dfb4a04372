import HeapModule

/// A budget and the targets that live on it.
struct Lane: Sendable {
    /// The share of the sustainable polls that regular ones may take; the others are for targets that are active.
    static let regularShare = 0.85

    var budget: Budget
    var regular = Heap<Due>()
    var extra = Heap<Due>()
    /// Regular polls in a millisecond, if nothing were stretched.
    private(set) var demand = 0.0
    private(set) var targets = 0
    /// When the lane is to be looked at next, as the schedule's heap says.
    var wakeUp = ScheduledTarget.never
    /// Not before these the budget can pay.
    var regularFrom = Int64.min
    var extraFrom = Int64.min
    /// When the budget last could not pay.
    var regularDenied = Int64.min
    var extraDenied = Int64.min
    var refusal = RefusedCredential()

    init(_ budget: Budget) {
        self.budget = budget
    }

    mutating func add(quiet: Int64) {
        demand += 1 / Double(max(1, quiet))
        targets += 1
    }

    /// How much longer than configured regular intervals are, so that the budget can pay for them; at least 1.
    var stretch: Double {
        max(1, demand / (budget.sustainedPolls * Self.regularShare))
    }

    /// Regular polls in a millisecond that extra ones must leave room for.
    var regularRate: Double {
        min(demand, budget.sustainedPolls * Self.regularShare)
    }
}
