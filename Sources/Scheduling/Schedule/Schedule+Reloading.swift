extension Schedule {
    /// A schedule for other targets and budgets that goes on where an old one stands.
    ///
    /// A target that is among the old ones keeps when it is due, whether a run of it is in progress, how long its runs
    /// take, its failures and its poll in flight; where its interval became shorter, its next poll comes sooner in
    /// proportion. A budget keeps what was asked, learned and is in flight, also where its limits changed. All others
    /// begin anew: give `nil`, too, for a target that should be tried at once, as after its credential was changed.
    ///
    /// The caller has to renumber the polls that are in flight: their targets by `places`, read backwards. When the poll
    /// of a target ends that is not there any more, ``finishVanished(budget:_:now:)`` has to be called in place of
    /// ``finish(_:_:now:)``, with the number that its budget has now.
    ///
    /// - Parameters:
    ///   - places: The number that each member had in the old schedule, or `nil`. No number stands twice.
    ///   - budgetPlaces: The number that each budget had in the old schedule, or `nil`.
    package init(
        _ members: [Member],
        budgets: [BudgetLimits],
        limitsOfTarget: BudgetLimits? = nil,
        continuing old: Schedule,
        from places: [Int?],
        budgetsFrom budgetPlaces: [Int?],
        now: Instant,
        seed: UInt64
    ) {
        let moment = old.time(now)
        self.init(budgets: budgets, limitsOfTarget: limitsOfTarget, origin: old.origin, now: moment, seed: seed)
        inFlight = old.inFlight
        var laneNumbers: [Int32: Int32] = [:]
        for (lane, place) in zip(lanes.indices, budgetPlaces) {
            guard let place, old.lanes.indices.contains(place) else { continue }
            lanes[lane].budget = old.lanes[place].budget.changed(to: lanes[lane].budget.limits)
            laneNumbers[Int32(clamping: place)] = Int32(clamping: lane)
            if old.lowered.contains(place) { lowered.insert(lane) }
        }
        var numbers: [Int32: Int32] = [:]
        var added: [(target: Int32, lastPoll: LastPoll?)] = []
        for (index, member) in members.enumerated() {
            let target = add(member, now: moment)
            let place = places.indices.contains(index) ? places[index] : nil
            guard let place, old.targets.indices.contains(place) else {
                added.append((target, member.lastPoll))
                continue
            }
            let known = old.targets[place]
            if let limitsOfTarget, old.own.indices.contains(place) {
                own[index] = old.own[place].changed(to: limitsOfTarget)
            }
            let staysInLane = laneNumbers[known.lane] == targets[index].lane
            resume(target, known, now: moment)
            targets[index].payer = known.phase == .inFlight ? laneNumbers[known.payer] ?? -1 : -1
            botRuns[Int(targets[index].bot)] = old.botRuns[Int(known.bot)]
            if staysInLane { numbers[Int32(clamping: place)] = target }
            if known.phase == .parked, !staysInLane { added.append((target, nil)) }
        }
        sumUpLimits()
        spread(added, now: moment)
        for (place, lane) in laneNumbers {
            let refusal = old.lanes[Int(place)].refusal.renumbered { numbers[$0] }
            lanes[Int(lane)].refusal = refusal
            // Where the target vanished whose turn it was, another one tries.
            if let trial = refusal.trial, targets[Int(trial)].phase == .parked { self.place(trial, regular: moment) }
        }
        for lane in lanes.indices { refresh(lane) }
    }

    /// Gives a target back what was known of it.
    private mutating func resume(_ target: Int32, _ known: ScheduledTarget, now: Int64) {
        let member = targets[Int(target)]
        var resumed = known
        resumed.quiet = member.quiet
        resumed.active = member.active
        resumed.lane = member.lane
        resumed.bot = member.bot
        func sooner(_ time: Int64) -> Int64 {
            guard time > now, member.quiet < known.quiet else { return time }
            return now + Int64(Double(time - now) * Double(member.quiet) / Double(known.quiet))
        }
        resumed.slot = sooner(known.slot)
        targets[Int(target)] = resumed
        if known.phase == .waiting { place(target, regular: sooner(known.regularDue), extra: known.extraDue) }
        if known.isActive { lanes[Int(member.lane)].demand.setActive(true, quiet: member.quiet) }
        if known.isAuthorized { credentials[lanes[Int(member.lane)].credential].authorized += 1 }
        if known.isEnding { lanes[Int(member.lane)].demand.endingTargets += 1 }
    }
}
