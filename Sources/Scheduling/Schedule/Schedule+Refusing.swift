extension Schedule {
    /// The target was let in: where it tried for others, these come back.
    mutating func authorize(_ target: Int32, now: Int64) {
        setAuthorized(target, true)
        let lane = Int(targets[Int(target)].lane)
        let credential = lanes[lane].credential
        let isProbe = lanes[lane].refusal.probe == target
        comeBack(lanes[lane].refusal.release(target), now: now)
        guard credentials[credential].isRefused else { return }
        credentials[credential].recover()
        let probes = lanes.indices.compactMap { lanes[$0].credential == credential ? lanes[$0].refusal.probe : nil }
        if isProbe {
            comeBack(probes, now: now)
        } else {
            // One that was never refused says little for those that were: each budget goes on for itself.
            for probe in probes where targets[Int(probe)].phase == .waiting {
                let known = targets[Int(probe)]
                let failures = lanes[Int(known.lane)].refusal.failures
                place(probe, regular: now + wait(upTo: backoff(first: known.quiet, failures: failures)))
                refresh(Int(known.lane))
            }
        }
    }

    /// The target was refused.
    ///
    /// - Returns: The longest wait until somebody tries again.
    mutating func refuse(_ target: Int32, now: Int64) -> Int64 {
        setAuthorized(target, false)
        let lane = Int(targets[Int(target)].lane)
        let quiet = targets[Int(target)].quiet
        let turn = lanes[lane].refusal.refuse(target)
        let standing = credentials[lanes[lane].credential]
        let longest = backoff(
            first: quiet,
            failures: standing.isRefused ? standing.tries : lanes[lane].refusal.failures
        )
        targets[Int(target)].failures = 1
        targets[Int(target)].phase = .parked
        // It leaves its share of the minute to others.
        setEnding(Int(target), false)
        if case .probe(let next) = turn {
            place(next, regular: standing.isRefused ? turnToTry(lane) : now + wait(upTo: longest))
        }
        return longest
    }

    /// Whether the target was let in when it was last asked.
    mutating func setAuthorized(_ target: Int32, _ isAuthorized: Bool) {
        let known = targets[Int(target)]
        guard known.isAuthorized != isAuthorized else { return }
        targets[Int(target)].isAuthorized = isAuthorized
        credentials[lanes[Int(known.lane)].credential].authorized += isAuthorized ? 1 : -1
    }

    /// Puts the next try off, where the target's credential lets none in.
    mutating func noteTry(_ target: Int32, now: Int64) {
        let known = targets[Int(target)]
        let credential = lanes[Int(known.lane)].credential
        guard credentials[credential].authorized == 0 else { return }
        let longest = backoff(first: known.quiet, failures: credentials[credential].tries + 1)
        credentials[credential].note(nextTry: now + wait(upTo: longest))
    }

    /// Puts the lane's due try back where it is too early for one.
    mutating func holdBack(_ lane: Int, now: Int64) {
        guard let probe = lanes[lane].refusal.probe, now < credentials[lanes[lane].credential].nextTry else { return }
        let known = targets[Int(probe)]
        guard known.phase == .waiting, min(known.regularDue, known.extraDue) <= now else { return }
        place(probe, regular: turnToTry(lane))
    }

    /// When the lane tries next, unless another one did by then. Those that were refused less often go first: so they
    /// take turns, and one that was let in a while ago need not wait for those that hardly ever are.
    private mutating func turnToTry(_ lane: Int) -> Int64 {
        let turn = Self.shortestSpread / 33
        let nextTry = credentials[lanes[lane].credential].nextTry
        return nextTry + Int64(lanes[lane].refusal.failures) * turn + .random(in: 0..<turn, using: &random)
    }

    private mutating func comeBack(_ waiting: [Int32], now: Int64) {
        let spread = max(Self.shortestSpread, Int64(waiting.count * 1000 / Self.firstPollsPerSecond))
        for target in waiting where targets[Int(target)].phase != .inFlight {
            let longest = min(spread, targets[Int(target)].quiet)
            place(target, regular: now + Int64.random(in: 0...longest, using: &random))
            refresh(Int(targets[Int(target)].lane))
        }
    }
}
