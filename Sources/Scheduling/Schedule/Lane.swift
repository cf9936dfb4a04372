import HeapModule

/// A budget and the targets that live on it.
struct Lane: Sendable {
    /// The share of the sustainable polls that regular ones may take; the others are for targets that are active.
    static let regularShare = 0.85

    /// How much further regular intervals stretch after extra polls took what was theirs.
    static let mostYielding = 1.5

    /// How much further than configured active intervals stretch while the hour has little left.
    static let mostActiveStretch = 3.0

    var budget: Budget
    var regular = Heap<Due>()
    var extra = Heap<Due>()
    /// Regular polls in a millisecond, if nothing were stretched.
    private(set) var demand = 0.0
    private(set) var targets = 0
    /// Targets whose run may end any time.
    private(set) var hunted = 0
    /// Their part of ``demand``.
    private var huntedDemand = 0.0
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
    mutating func stretch(now: Int64) -> Double {
        let lasting = lastingStretch
        guard demand > 0 else { return lasting }
        let needed = demand / max(budget.steadyPolls(now: now).hour, demand / 1000)
        return min(max(lasting, needed), lasting * Self.mostYielding)
    }

    mutating func setHunted(_ isHunted: Bool, quiet: Int64) {
        hunted += isHunted ? 1 : -1
        huntedDemand = hunted == 0 ? 0 : huntedDemand + (isHunted ? 1 : -1) / Double(max(1, quiet))
    }

    /// How long after one poll of an active target the next comes: the configured time, or longer, so that all of them
    /// share what the minute has left, and the more, the less the hour has to spare.
    mutating func activeInterval(_ active: Int64, now: Int64) -> Int64 {
        let steady = budget.steadyPolls(now: now)
        let most = budget.sustainedPolls - keptRate
        let spare = most > 0 ? min(max(0, (steady.hour - keptRate) / most), 1) : 0
        let stretched = Double(active) * (1 + (Self.mostActiveStretch - 1) * (1 - spare))
        let shared = Double(hunted) / max(budget.sustainedInMinute - keptRateInMinute, 1e-5)
        return Int64(max(stretched, min(shared, 1e9)))
    }

    /// Regular polls in a millisecond that extra ones must leave room for in the hour.
    var keptRate: Double {
        demand / (lastingStretch * Self.mostYielding)
    }

    /// The same for the minute: it passes before those that are asked often now need their regular polls again.
    var keptRateInMinute: Double {
        max(0, demand - huntedDemand) / (lastingStretch * Self.mostYielding)
    }

    /// By how much regular intervals stretch however few the extra polls are.
    private var lastingStretch: Double {
        max(1, demand / (budget.sustainedPolls * Self.regularShare))
    }
}
