import HeapModule

/// When each target is asked next.
///
/// Targets are numbered from 0, and each lives on a budget. Two kinds of polls share it:
///
/// - A **regular** poll is a target's right. Its times are evenly spaced by the poll interval, each target's beside the
///   others of its budget, varied by up to 2.5% so that budgets do not fall into step. Where all regular polls together
///   are more than 60% of what the budget can sustain, their intervals stretch, all in proportion: first to 1.3 times
///   their length, and from 85% of the budget on as far as it takes.
/// - An **extra** poll comes between two regular ones: of a target that is active, at the active interval, once its run
///   may end (as the lengths of earlier runs tell); of the other targets of a bot, when one of them is seen to start a
///   run, because a publish trains many; of a target that was triggered; of one that failed. Extra polls go first, but
///   only where the budget still has room for the regular polls of the coming hour, and for those of quiet targets in the
///   coming minute. So what is not used in quiet times is spent in bursts, and nothing waits for ever.
///
/// A target that fails is asked again after a random part of an interval that doubles up to 10 minutes. One whose
/// credential is refused leaves the trying to one of its budget's; see ``RefusedCredential``; or of all that use it, where
/// it lets none in; see ``CredentialStanding``. A target is not due again before its poll has ended, and what was missed
/// is not made up for.
///
/// A value: it takes the time as an argument and returns what to do. An operation takes the logarithm of the number of
/// targets; a bot with 21 targets and its budget takes 5 KiB.
package struct Schedule: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// First polls are never asked for faster than this, each second.
    static let firstPollsPerSecond = 250
    static let shortestSpread: Int64 = 2000
    static let jitter = 0.025
    static let longestBackoff: Int64 = 600_000

    var targets: [ScheduledTarget] = []
    var lanes: [Lane]
    var bots: [[Int32]] = []
    var botRuns: [RunLengths] = []
    /// By number.
    var credentials: [CredentialStanding] = []
    var wakeUps = Heap<Due>()
    var random: SplitMix64
    /// Budgets whose limits were lowered since somebody asked.
    var lowered: Set<Int> = []
    let origin: Instant
    /// Requests for targets that are under way now.
    package internal(set) var inFlight = 0

    /// - Parameters:
    ///   - members: Their budgets are among `budgets`, otherwise the last one is theirs.
    ///   - now: First polls are due within the spread after this, as far as the budgets allow; those of targets that were
    ///     asked less than an interval ago, when that is over.
    ///   - seed: The same seed gives the same schedule.
    package init(_ members: [Member], budgets: [BudgetLimits], now: Instant, seed: UInt64) {
        self.init(budgets: budgets, origin: now, now: 0, seed: seed)
        let added = members.map { (add($0), $0.lastPoll) }
        spread(added, now: 0)
        for lane in lanes.indices { refresh(lane) }
    }

    /// One without targets.
    init(budgets: [BudgetLimits], origin: Instant, now: Int64, seed: UInt64) {
        self.origin = origin
        random = SplitMix64(seed: seed)
        lanes = (budgets.isEmpty ? [BudgetLimits()] : budgets).map { Lane(Budget($0, now: now)) }
    }

    /// Takes in a target, which has to be placed after.
    mutating func add(_ member: Member) -> Int32 {
        let lane = min(max(0, member.budget), lanes.count - 1)
        let bot = max(0, member.bot)
        while bots.count <= bot {
            bots.append([])
            botRuns.append(RunLengths())
        }
        let target = Int32(clamping: targets.count)
        bots[bot].append(target)
        let quiet = Self.milliseconds(member.rhythm.quiet)
        let credential = max(0, member.credential)
        while credentials.count <= credential { credentials.append(CredentialStanding()) }
        lanes[lane].add(quiet: quiet, credential: credential)
        targets.append(
            ScheduledTarget(
                quiet: quiet,
                active: min(Self.milliseconds(member.rhythm.active), quiet),
                lane: Int32(clamping: lane),
                bot: Int32(clamping: bot)
            )
        )
        return target
    }

    /// Places targets that are new here: their first polls soon, or an interval after their last one, their regular times
    /// evenly in each lane.
    mutating func spread(_ added: [(target: Int32, lastPoll: LastPoll?)], now: Int64) {
        let spread = max(Self.shortestSpread, Int64(added.count * 1000 / Self.firstPollsPerSecond))
        var inLane = Array(repeating: [Int32](), count: lanes.count)
        for (target, lastPoll) in added {
            inLane[Int(targets[Int(target)].lane)].append(target)
            let soon = Int64.random(in: 0...min(spread, targets[Int(target)].quiet), using: &random)
            place(target, regular: now + max(soon, rest(of: target, since: lastPoll)))
        }
        for lane in inLane {
            let shuffled = lane.shuffled(using: &random)
            let offset = Double.random(in: 0..<1, using: &random)
            for (place, target) in shuffled.enumerated() {
                let share = (Double(place) + offset) / Double(shuffled.count)
                targets[Int(target)].slot = now + Int64(Double(targets[Int(target)].quiet) * share)
            }
        }
    }

    /// How much is left of the interval that began with the target's last poll.
    private func rest(of target: Int32, since lastPoll: LastPoll?) -> Int64 {
        guard let lastPoll, lastPoll.ago >= .zero else { return 0 }
        let known = targets[Int(target)]
        return max(0, (lastPoll.wasActive ? known.active : known.quiet) - Self.floored(lastPoll.ago))
    }

    /// When there is something to do next; `nil` while nothing waits.
    package var nextDue: Instant? {
        wakeUps.min.map { origin + .milliseconds($0.time) }
    }

    func time(_ instant: Instant) -> Int64 {
        Self.floored(instant - origin)
    }

    /// At least 1 ms, so that nothing spins; at most a year.
    private static func milliseconds(_ duration: Duration) -> Int64 {
        min(max(1, floored(duration)), 366 * 86_400_000)
    }

    static func floored(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? (seconds < 0 ? .min / 4 : .max / 4) : milliseconds + attoseconds / 1_000_000_000_000_000
    }
}
