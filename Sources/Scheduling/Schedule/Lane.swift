import HeapModule

/// A budget and the targets that live on it.
struct Lane: Sendable {
    /// The share of the sustainable polls that regular ones may take at most; the others are for active targets.
    static let regularShare = 0.85

    /// The share that they take where it costs them no more than ``mostThrift``: more is left for active targets then.
    static let thriftyShare = 0.6
    static let mostThrift = 1.3

    /// How much further regular intervals stretch after extra polls took what was theirs.
    static let mostYielding = 1.5

    /// How much further than configured active intervals stretch while the hour has little left.
    static let mostActiveStretch = 2.5

    var budget: Budget
    var regular = Heap<Due>()
    var extra = Heap<Due>()
    /// Regular polls in a millisecond, if nothing were stretched.
    private(set) var demand = 0.0
    /// The part of ``demand`` that targets with a run in progress have.
    private var activeDemand = 0.0
    /// Targets whose run may end any time.
    var endingTargets = 0
    /// When the lane is to be looked at next, as the schedule's heap says.
    var wakeUp = ScheduledTarget.never
    /// Not before these the budget can pay.
    var regularFrom = Int64.min
    var extraFrom = Int64.min
    /// When the budget last could not pay.
    var regularDenied = Int64.min
    var extraDenied = Int64.min
    /// The number of the credential that its targets use.
    private(set) var credential = 0
    var refusal = RefusedCredential()

    init(_ budget: Budget) {
        self.budget = budget
    }

    /// Takes in a target.
    mutating func add(quiet: Int64, credential: Int) {
        if demand == 0 { self.credential = credential }
        demand += 1 / Double(max(1, quiet))
    }

    /// One of its targets has a run in progress now, or no longer.
    mutating func setActive(_ isActive: Bool, quiet: Int64) {
        let part = 1 / Double(max(1, quiet))
        activeDemand = max(0, activeDemand + (isActive ? part : -part))
    }

    /// How much longer than configured regular intervals are, so that the budget can pay for them; at least 1.
    mutating func stretch(now: Int64) -> Double {
        let lasting = lastingStretch
        guard demand > 0 else { return lasting }
        let needed = demand / max(budget.steadyPolls(now: now), demand / 1000)
        return min(max(lasting, needed), lasting * Self.mostYielding)
    }

    /// How long after one poll of an active target the next comes, in milliseconds: the configured interval, stretched
    /// the more, the less the hour has to spare; or longer, where so many runs may end that the minute is shared evenly.
    /// Without that they would spend it at once and wait together.
    mutating func activeInterval(_ active: Int64, now: Int64) -> Int64 {
        let most = sustainedPolls - keptInHour
        let spare = most > 0 ? min(max(0, (budget.steadyPolls(now: now) - keptInHour) / most), 1) : 0
        let stretched = Double(active) * (Self.mostActiveStretch - (Self.mostActiveStretch - 1) * spare)
        let shared = Double(endingTargets) / max(budget.sustainedPolls.minute - keptInMinute, 1e-9)
        return Int64(min(max(stretched, shared), 1e15))
    }

    /// Regular polls in a millisecond that extra ones must leave room for in the hour.
    var keptInHour: Double {
        demand / (lastingStretch * Self.mostYielding)
    }

    /// The same in the minute: it is over before the targets that are active now need their regular polls again.
    var keptInMinute: Double {
        max(0, demand - activeDemand) / (lastingStretch * Self.mostYielding)
    }

    /// By how much regular intervals stretch however few the extra polls are.
    private var lastingStretch: Double {
        let share = demand / sustainedPolls
        return max(1, share / Self.regularShare, min(share / Self.thriftyShare, Self.mostThrift))
    }

    private var sustainedPolls: Double {
        min(budget.sustainedPolls.minute, budget.sustainedPolls.hour)
    }
}
