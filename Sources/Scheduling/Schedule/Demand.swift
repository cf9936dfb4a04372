/// The polls that are to be paid from one budget, and how regular and extra ones give way to each other where it is scarce.
struct Demand: Sendable {
    /// The share of the sustainable polls that regular ones may take at most; the others are for active targets.
    static let regularShare = 0.85

    /// The share that they take where it costs them no more than ``mostThrift``: more is left for active targets then.
    static let thriftyShare = 0.6
    static let mostThrift = 1.3

    /// How much further regular intervals stretch after extra polls took what was theirs.
    static let mostYielding = 1.5

    /// How much further than configured active intervals stretch while the hour has little left.
    static let mostActiveStretch = 2.5

    /// Regular polls in a millisecond, if nothing were stretched.
    private var regular = 0.0
    /// The part of ``regular`` that targets with a run in progress have.
    private var active = 0.0
    /// Targets whose run may end any time.
    var endingTargets = 0

    var isEmpty: Bool { regular == 0 }

    init() {}

    /// The demand of a single target.
    init(of target: ScheduledTarget) {
        add(quiet: target.quiet)
        if target.isActive { setActive(true, quiet: target.quiet) }
        if target.isEnding { endingTargets = 1 }
    }

    /// Adds a target.
    mutating func add(quiet: Int64) {
        regular += Self.rate(every: quiet)
    }

    /// Notes that one of the targets has a run in progress now, or no longer.
    mutating func setActive(_ isActive: Bool, quiet: Int64) {
        active = max(0, active + (isActive ? 1 : -1) * Self.rate(every: quiet))
    }

    /// How much longer than configured regular intervals are, so that the budget can pay for them; at least 1.
    func stretch(on budget: inout Budget, now: Int64) -> Double {
        let lasting = lastingStretch(on: budget)
        guard regular > 0 else { return lasting }
        let needed = regular / max(budget.steadyPolls(now: now), regular / 1000)
        return min(max(lasting, needed), lasting * Self.mostYielding)
    }

    /// How long after one poll of an active target the next comes, in milliseconds: the configured interval, stretched
    /// the more, the less the hour has to spare; or longer, where many runs may end, so that they share the minute
    /// evenly. Without that they would spend it at once and wait together.
    func activeInterval(_ active: Int64, on budget: inout Budget, now: Int64) -> Int64 {
        let kept = keptInHour(on: budget)
        let most = Self.sustainedPolls(on: budget) - kept
        let spare = most > 0 ? min(max(0, (budget.steadyPolls(now: now) - kept) / most), 1) : 0
        let stretched = Double(active) * (Self.mostActiveStretch - (Self.mostActiveStretch - 1) * spare)
        let shared = Double(endingTargets) / max(budget.sustainedPolls.minute - keptInMinute(on: budget), 1e-9)
        return Int64(min(max(stretched, shared), 1e15))
    }

    /// The use of a budget by an extra poll, which leaves room for regular ones.
    func extraPoll(on budget: Budget) -> Budget.Use {
        .extraPoll(keepingInMinute: keptInMinute(on: budget), inHour: keptInHour(on: budget))
    }

    /// Whether the budget can pay for ever for one target that is asked at the active interval.
    static func sustains(active: Int64, _ budget: Budget) -> Bool {
        rate(every: active) <= sustainedPolls(on: budget)
    }

    /// Regular polls in a millisecond that extra ones must leave room for in the hour.
    private func keptInHour(on budget: Budget) -> Double {
        regular / (lastingStretch(on: budget) * Self.mostYielding)
    }

    /// Regular polls in a millisecond that extra ones must leave room for in the minute: it is over before the targets that
    /// are active now need their regular polls again.
    private func keptInMinute(on budget: Budget) -> Double {
        max(0, regular - active) / (lastingStretch(on: budget) * Self.mostYielding)
    }

    private func lastingStretch(on budget: Budget) -> Double {
        Self.lastingStretch(regular: regular, on: budget)
    }

    /// The factor by which regular intervals stretch however few the extra polls are.
    ///
    /// - Parameter regular: Regular polls in a millisecond, if nothing were stretched.
    fileprivate static func lastingStretch(regular: Double, on budget: Budget) -> Double {
        let share = regular / sustainedPolls(on: budget)
        return max(1, share / regularShare, min(share / thriftyShare, mostThrift))
    }

    private static func sustainedPolls(on budget: Budget) -> Double {
        min(budget.sustainedPolls.minute, budget.sustainedPolls.hour)
    }

    private static func rate(every interval: Int64) -> Double {
        1 / Double(max(1, interval))
    }
}

extension BudgetLimits {
    /// Requests a minute that may be made for ever: the hour's limit counts as well.
    package var sustainedPerMinute: Double {
        min(Double(perMinute), Double(perHour) / 60)
    }

    /// How much longer than configured the intervals of quiet targets are, so that something is left for active ones: up to
    /// 1.3 times where that leaves much, and as long as it takes where they would need nearly all. At least 1.
    ///
    /// - Parameter pollsPerMinute: The polls of the targets that such a budget pays for, at the configured intervals.
    package func stretch(pollsPerMinute: Double) -> Double {
        Demand.lastingStretch(regular: pollsPerMinute / 60_000, on: Budget(self, now: 0))
    }
}
