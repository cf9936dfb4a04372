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
                let use = Budget.Use.extraPoll(
                    keepingInMinute: lanes[lane].keptInMinute,
                    inHour: lanes[lane].keptInHour
                )
                if lanes[lane].budget.take(use, now: now) {
                    lanes[lane].extra.removeMin()
                    taken.append(begin(due.subject, isDelayed: due.time <= lanes[lane].extraDenied, now: now))
                    continue
                }
                lanes[lane].extraDenied = now
                lanes[lane].extraFrom = lanes[lane].budget.nextChance(for: use, now: now)
            }
            guard let due = lanes[lane].regular.min, due.time <= now, lanes[lane].regularFrom <= now else { return }
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
                isDelayed = isDelayed || Double(interval) > Double(known.quiet) * Lane.mostThrift * 1.05
            }
            taken.append(begin(due.subject, isDelayed: isDelayed, now: now))
        }
    }

    mutating func begin(_ target: Int32, isDelayed: Bool, now: Int64) -> Poll {
        inFlight += 1
        if lanes[Int(targets[Int(target)].lane)].refusal.probe == target { noteTry(target, now: now) }
        targets[Int(target)].delayedGap = isDelayed ? now - targets[Int(target)].lastPoll : 0
        targets[Int(target)].phase = .inFlight
        targets[Int(target)].payer = targets[Int(target)].lane
        targets[Int(target)].regularDue = ScheduledTarget.never
        targets[Int(target)].extraDue = ScheduledTarget.never
        targets[Int(target)].lastPoll = now
        return Poll(target: Int(target), isDelayed: isDelayed)
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

    mutating func regularInterval(_ target: Int32, now: Int64) -> Int64 {
        let known = targets[Int(target)]
        let stretched = Double(known.quiet) * lanes[Int(known.lane)].stretch(now: now)
        return max(1, Int64(min(stretched, 1e15)))
    }
}
