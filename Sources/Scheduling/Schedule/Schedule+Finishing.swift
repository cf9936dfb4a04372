import Glibc
import HeapModule

extension Schedule {
    /// A poll has ended: puts the target back.
    ///
    /// - Returns: The interval now in force: the configured one, or the longer one that the budget allows; the longest
    ///   wait of the backoff while polls fail.
    package mutating func finish(_ target: Int, _ outcome: Outcome, now: Instant) -> Duration {
        let now = time(now)
        guard targets.indices.contains(target), targets[target].phase == .inFlight else { return .zero }
        inFlight -= 1
        let index = Int32(clamping: target)
        let lane = Int(targets[target].lane)
        let payer = Int(targets[target].payer)
        settle(payer, of: target, outcome, now: now)
        let interval: Int64
        switch outcome {
        case .throttled:
            // It is the budget that failed, not the target: it has its turn as soon as the budget opens.
            place(index, regular: now)
            interval = regularInterval(index, now: now)
        case .failed:
            setAuthorized(index, false)
            interval = backOff(index, now: now)
        case .refused:
            interval = refuse(index, now: now)
        case .quiet, .active:
            authorize(index, now: now)
            interval = succeed(index, isActive: outcome == .active, now: now)
        }
        targets[target].wasPolled = true
        refresh(lane)
        if payer != lane, lanes.indices.contains(payer) { refresh(payer) }
        return .milliseconds(interval)
    }

    /// A run was started through us: the target is asked soon and often until it shows.
    package mutating func expectRun(_ target: Int, now: Instant) {
        guard targets.indices.contains(target) else { return }
        let now = time(now)
        targets[target].expectsRunUntil = now + 2 * targets[target].quiet
        wantSooner(Int32(clamping: target), at: now + min(1000, targets[target].active))
        refresh(Int(targets[target].lane))
    }

    private mutating func succeed(_ target: Int32, isActive: Bool, now: Int64) -> Int64 {
        let index = Int(target)
        let wasActive = targets[index].isActive
        targets[index].failures = 0
        if isActive != wasActive { setActive(index, isActive, now: now) }
        let likelyEnd = likelyEnd(target)
        setEnding(index, isActive && likelyEnd <= now)
        var regular = nextSlot(target, now: now)
        guard isActive || now < targets[index].expectsRunUntil else {
            place(target, regular: regular)
            return regularInterval(target, now: now)
        }
        let interval = min(activeInterval(target, now: now), regularInterval(target, now: now))
        let next = max(now, targets[index].lastPoll + interval, likelyEnd)
        // A run that cannot have ended needs no regular poll either, as long as that does not take too long.
        regular = max(regular, min(next, now + 2 * targets[index].quiet))
        placeSoon(target, at: next, regular: regular)
        if isActive, !wasActive, targets[index].wasPolled { hint(besides: target, now: now) }
        return max(min(next, regular) - targets[index].lastPoll, targets[index].delayedGap)
    }

    private mutating func setActive(_ index: Int, _ isActive: Bool, now: Int64) {
        lanes[Int(targets[index].lane)].demand.setActive(isActive, quiet: targets[index].quiet)
        if isActive {
            targets[index].runStart = now
            targets[index].expectsRunUntil = .min
        } else {
            targets[index].runs.add(now - targets[index].runStart)
            botRuns[Int(targets[index].bot)].add(now - targets[index].runStart)
            targets[index].runStart = ScheduledTarget.never
        }
    }

    mutating func setEnding(_ index: Int, _ isEnding: Bool) {
        guard isEnding != targets[index].isEnding else { return }
        targets[index].isEnding = isEnding
        lanes[Int(targets[index].lane)].demand.endingTargets += isEnding ? 1 : -1
    }

    /// The earliest time at which the run in progress is likely to end.
    private func likelyEnd(_ target: Int32) -> Int64 {
        let known = targets[Int(target)]
        guard known.isActive, let earliest = known.runs.earliestEnd ?? botRuns[Int(known.bot)].earliestEnd else {
            return .min
        }
        return known.runStart + earliest
    }

    /// The other targets of a bot are asked soon, because a publish trains many; but not at once, because it may take
    /// some seconds to start them all.
    private mutating func hint(besides started: Int32, now: Int64) {
        for target in bots[Int(targets[Int(started)].bot)] where target != started {
            let known = targets[Int(target)]
            guard known.phase == .waiting, known.failures == 0, !known.isActive else { continue }
            wantSooner(target, at: max(now + known.active / 2, known.lastPoll + known.active))
        }
    }

    private mutating func wantSooner(_ target: Int32, at time: Int64) {
        let known = targets[Int(target)]
        guard known.phase == .waiting, time < min(known.regularDue, known.extraDue) else { return }
        targets[Int(target)].extraDue = time
        lanes[Int(known.lane)].extra.insert(Due(time: time, subject: target))
    }

    /// An extra poll at `time`, where that is before the regular one.
    private mutating func placeSoon(_ target: Int32, at time: Int64, regular: Int64) {
        place(target, regular: regular, extra: time < regular ? time : ScheduledTarget.never)
    }

    /// The next of the target's own times. None that follows too soon on the poll that just ended, unless the target is
    /// asked often anyway.
    private mutating func nextSlot(_ target: Int32, now: Int64) -> Int64 {
        let interval = regularInterval(target, now: now)
        let isOften = targets[Int(target)].isActive
        let earliest = now + (isOften ? 0 : interval * 3 / 10)
        let missing = earliest - targets[Int(target)].slot
        if missing > 0 {
            targets[Int(target)].slot += (missing + interval - 1) / interval * interval
        }
        let jitter = Double(interval) * Double.random(in: -Self.jitter...Self.jitter, using: &random)
        return max(now, targets[Int(target)].slot + Int64(jitter))
    }

    private mutating func backOff(_ target: Int32, now: Int64) -> Int64 {
        let index = Int(target)
        targets[index].failures = min(targets[index].failures + 1, 32)
        let first = targets[index].isActive ? targets[index].active : targets[index].quiet
        let longest = backoff(first: first, failures: targets[index].failures)
        let next = now + wait(upTo: longest)
        placeSoon(target, at: next, regular: max(next, nextSlot(target, now: now)))
        return longest
    }

    func backoff(first: Int64, failures: UInt8) -> Int64 {
        let doublings = Int64(min(max(1, failures) - 1, 20))
        return first >= Self.longestBackoff ? Self.longestBackoff : min(Self.longestBackoff, first << doublings)
    }

    /// Full jitter, but never so short that a failure is followed by a burst.
    mutating func wait(upTo longest: Int64) -> Int64 {
        Int64.random(in: min(longest, max(1, longest / 20))...max(1, longest), using: &random)
    }
}

/// How long the runs of a target or a bot take: mean and variance of the logarithm of their lengths, of which later runs
/// weigh more than earlier ones.
struct RunLengths: Sendable, Hashable {
    /// Runs until something is said of them.
    private static let enough: UInt8 = 10
    private static let memory: Float = 0.05

    private var count: UInt8 = 0
    private var mean: Float = 0
    /// How much lengths vary. The first value is that of lengths that are of the same order.
    private var variance: Float = 0.25

    /// Learns the length of a run that was seen to end, in milliseconds.
    mutating func add(_ length: Int64) {
        let logarithm = log(Float(max(1, length)))
        if count < 100 { count += 1 }
        let weight = max(Self.memory, 1 / Float(count))
        let difference = logarithm - mean
        mean += weight * difference
        if count > 1 {
            variance += max(Self.memory, 1 / Float(count + 4)) * (difference * difference - variance)
        }
    }

    /// Milliseconds before which hardly any run ends: about 0.6% do, if their lengths are log-normal. `nil` while too few
    /// are known.
    var earliestEnd: Int64? {
        guard count >= Self.enough else { return nil }
        let length = exp(mean - 2.5 * variance.squareRoot())
        return Int64(min(max(0, length), 1e12))
    }
}
