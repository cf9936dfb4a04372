import HeapModule

extension Schedule {
    /// Takes the targets that are due and that their budgets can pay for, as long as not more than `limit` are in flight.
    package mutating func takeDue(now: Instant, limit: Int) -> [Poll] {
        let now = time(now)
        var taken: [Poll] = []
        while inFlight < limit, let next = wakeUps.min, next.time <= now {
            let lane = Int(next.subject)
            wakeUps.removeMin()
            guard lanes[lane].wakeUp == next.time else { continue }
            lanes[lane].wakeUp = ScheduledTarget.never
            serve(lane, now: now, limit: limit, into: &taken)
            refresh(lane)
        }
        return taken
    }

    private mutating func serve(_ lane: Int, now: Int64, limit: Int, into taken: inout [Poll]) {
        holdBack(lane, now: now)
        while inFlight < limit {
            dropStale(lane)
            if let due = lanes[lane].extra.min, due.time <= now, lanes[lane].extraFrom <= now {
                if let chance = ownChance(due.subject, isExtra: true, now: now) {
                    lanes[lane].extra.removeMin()
                    putOff(due.subject, extra: chance)
                    continue
                }
                let use = lanes[lane].demand.extraPoll(on: lanes[lane].budget)
                if lanes[lane].budget.take(use, now: now) {
                    lanes[lane].extra.removeMin()
                    taken.append(begin(due.subject, isDelayed: due.time <= lanes[lane].extraDenied, now: now))
                    continue
                }
                lanes[lane].extraDenied = now
                lanes[lane].extraFrom = lanes[lane].budget.nextChance(for: use, now: now)
            }
            guard let due = lanes[lane].regular.min, due.time <= now, lanes[lane].regularFrom <= now else { return }
            if let chance = ownChance(due.subject, isExtra: false, now: now) {
                lanes[lane].regular.removeMin()
                putOff(due.subject, regular: chance)
                continue
            }
            guard lanes[lane].budget.take(.poll, now: now) else {
                lanes[lane].regularDenied = now
                lanes[lane].regularFrom = lanes[lane].budget.nextChance(for: .poll, now: now)
                return
            }
            lanes[lane].regular.removeMin()
            var isDelayed = due.time <= lanes[lane].regularDenied
            let known = targets[Int(due.subject)]
            if known.wasPolled {
                let interval = regularInterval(due.subject, now: now)
                // One that comes again, because it was throttled, does not use up another of its times.
                if known.slot <= now + interval / 2 { targets[Int(due.subject)].slot += interval }
                isDelayed = isDelayed || Double(interval) > Double(known.quiet) * Demand.mostThrift * 1.05
            }
            taken.append(begin(due.subject, isDelayed: isDelayed, now: now))
        }
    }

    /// When the target's own budget may pay; `nil` where it has none, or can pay now.
    private mutating func ownChance(_ target: Int32, isExtra: Bool, now: Int64) -> Int64? {
        guard !own.isEmpty else { return nil }
        let index = Int(target)
        let use = isExtra ? Demand(of: targets[index]).extraPoll(on: own[index]) : .poll
        return own[index].canPay(for: use, now: now) ? nil : own[index].nextChance(for: use, now: now)
    }

    /// The target's own budget cannot pay before a time: the others of its lane go first.
    private mutating func putOff(_ target: Int32, extra: Int64) {
        let known = targets[Int(target)]
        targets[Int(target)].isPutOff = true
        targets[Int(target)].extraDue = extra < known.regularDue ? extra : ScheduledTarget.never
        if extra < known.regularDue { lanes[Int(known.lane)].extra.insert(Due(time: extra, subject: target)) }
    }

    private mutating func putOff(_ target: Int32, regular: Int64) {
        targets[Int(target)].isPutOff = true
        targets[Int(target)].regularDue = regular
        lanes[Int(targets[Int(target)].lane)].regular.insert(Due(time: regular, subject: target))
    }

    /// Notes that the target is being asked, which its lane's budget has paid for.
    mutating func begin(_ target: Int32, isDelayed: Bool, now: Int64) -> Poll {
        let index = Int(target)
        inFlight += 1
        // The caller has seen that it can pay.
        if !own.isEmpty { _ = own[index].take(.command, now: now) }
        if lanes[Int(targets[index].lane)].refusal.trial == target { noteTry(target, now: now) }
        let isDelayed = isDelayed || targets[index].isPutOff
        targets[index].isPutOff = false
        targets[index].delayedGap = isDelayed ? now - targets[index].lastPoll : 0
        targets[index].phase = .inFlight
        targets[index].payer = targets[index].lane
        targets[index].regularDue = ScheduledTarget.never
        targets[index].extraDue = ScheduledTarget.never
        targets[index].lastPoll = now
        return Poll(target: index, isDelayed: isDelayed)
    }

    /// Drops entries from the top of the lane's heaps that were put off since.
    private mutating func dropStale(_ lane: Int) {
        while let due = lanes[lane].extra.min, targets[Int(due.subject)].extraDue != due.time {
            lanes[lane].extra.removeMin()
        }
        while let due = lanes[lane].regular.min, targets[Int(due.subject)].regularDue != due.time {
            lanes[lane].regular.removeMin()
        }
    }

    /// Puts the lane where its next target is due and can be paid for.
    mutating func refresh(_ lane: Int) {
        dropStale(lane)
        let regular = lanes[lane].regular.min.map { max($0.time, lanes[lane].regularFrom) }
        let extra = lanes[lane].extra.min.map { max($0.time, lanes[lane].extraFrom) }
        let wakeUp = min(regular ?? ScheduledTarget.never, extra ?? ScheduledTarget.never)
        guard wakeUp != lanes[lane].wakeUp else { return }
        lanes[lane].wakeUp = wakeUp
        if wakeUp != ScheduledTarget.never {
            wakeUps.insert(Due(time: wakeUp, subject: Int32(clamping: lane)))
        }
    }

    /// Puts the target into its lane; the lane has to be refreshed after.
    mutating func place(_ target: Int32, regular: Int64, extra: Int64 = ScheduledTarget.never) {
        let lane = Int(targets[Int(target)].lane)
        targets[Int(target)].phase = .waiting
        targets[Int(target)].regularDue = regular
        targets[Int(target)].extraDue = extra
        lanes[lane].regular.insert(Due(time: regular, subject: target))
        if extra != ScheduledTarget.never {
            lanes[lane].extra.insert(Due(time: extra, subject: target))
        }
    }

    /// How long after one of a target's own times the next comes, in milliseconds: as configured, or longer where one of
    /// the budgets that pay for it asks for that.
    mutating func regularInterval(_ target: Int32, now: Int64) -> Int64 {
        let index = Int(target)
        var stretch = lanes[Int(targets[index].lane)].stretch(now: now)
        if !own.isEmpty {
            stretch = max(stretch, Demand(of: targets[index]).stretch(on: &own[index], now: now))
        }
        return max(1, Int64(min(Double(targets[index].quiet) * stretch, 1e15)))
    }

    /// How long after one poll of a target with a run in progress the next comes, in milliseconds.
    mutating func activeInterval(_ target: Int32, now: Int64) -> Int64 {
        let index = Int(target)
        let active = targets[index].active
        let interval = lanes[Int(targets[index].lane)].activeInterval(active, now: now)
        guard !own.isEmpty, !Demand.sustains(active: active, own[index]) else { return interval }
        return max(interval, Demand(of: targets[index]).activeInterval(active, on: &own[index], now: now))
    }
}

/// Targets that share a budget, and when they are due.
///
/// Where each target has limits of its own, the budget is the sum of these: it refuses nothing that the targets' own
/// budgets pay for, until the platform shows that it counts them together.
struct Lane: Sendable {
    var budget: Budget
    private(set) var members: [Int32] = []
    var regular = Heap<Due>()
    var extra = Heap<Due>()
    var demand = Demand()
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
    mutating func add(_ target: Int32, quiet: Int64, credential: Int) {
        if members.isEmpty { self.credential = credential }
        members.append(target)
        demand.add(quiet: quiet)
    }

    /// How much longer than configured regular intervals are, so that the budget can pay for them; at least 1.
    mutating func stretch(now: Int64) -> Double {
        demand.stretch(on: &budget, now: now)
    }

    /// How long after one poll of an active target the next comes, in milliseconds.
    mutating func activeInterval(_ active: Int64, now: Int64) -> Int64 {
        demand.activeInterval(active, on: &budget, now: now)
    }
}

extension Schedule {
    /// The answer to a probe of a target.
    package enum Probe: Sendable, Hashable {
        /// The target may be asked; ``finish(_:_:now:)`` has to follow.
        case taken
        /// The target is being asked already.
        case inFlight
        /// Not even the reserve of its budget has a request left, or the platform asked for a pause.
        case outOfBudget
        /// Its credential is refused, and another target of its budget finds out when that is over.
        case parked
    }

    /// Takes a target for a probe, whenever it is due: it may use the reserve. Its own times stay
    /// as they are, but for one that would follow too soon.
    package mutating func takeProbe(_ target: Int, now: Instant) -> Probe {
        guard targets.indices.contains(target) else { return .parked }
        switch targets[target].phase {
        case .inFlight: return .inFlight
        case .parked: return .parked
        case .waiting: break
        }
        let now = time(now)
        let lane = Int(targets[target].lane)
        guard own.isEmpty || own[target].canPay(for: .command, now: now),
            lanes[lane].budget.take(.command, now: now)
        else { return .outOfBudget }
        _ = begin(Int32(clamping: target), isDelayed: false, now: now)
        refresh(lane)
        return .taken
    }
}
