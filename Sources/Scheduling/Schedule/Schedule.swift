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
/// it lets none in; see ``CredentialState``. A target is not due again before its poll has ended, and what was missed
/// is not made up for.
///
/// The platform counts status calls by target, as far as its documentation can be read. So a target may have limits of its
/// own: then its budget and that of its lane pay for each of its polls, and where a target that had room is refused, it is
/// the lane's that learns.
///
/// A value: it takes the time as an argument and returns what to do. An operation takes the logarithm of the number of
/// targets; a bot with 21 targets and one budget takes 5 KiB, with a budget for each target 21 KiB.
package struct Schedule: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// First polls are never asked for faster than this, each second.
    static let firstPollsPerSecond = 250
    static let shortestSpread: Int64 = 2000
    static let jitter = 0.025
    static let longestBackoff: Int64 = 600_000

    var targets: [ScheduledTarget] = []
    /// The targets' own budgets, by target; none where the targets of a lane only share its budget.
    var own: [Budget] = []
    /// The limits of each target; `nil` where the targets of a lane only share its budget.
    let limitsOfTarget: BudgetLimits?
    var lanes: [Lane]
    var bots: [[Int32]] = []
    var botRuns: [RunLengths] = []
    /// The state of each credential, by its number.
    var credentials: [CredentialState] = []
    var wakeUps = Heap<Due>()
    var random: SplitMix64
    /// Budgets whose limits were lowered since ``takeLowered()`` was called.
    var lowered: Set<Int> = []
    let origin: Instant
    /// Requests for targets that are under way now.
    package internal(set) var inFlight = 0

    /// - Parameters:
    ///   - members: Their budgets are among `budgets`, otherwise the last one is theirs.
    ///   - budgets: The limits of each. Where targets have limits of their own, they are the sum of these in place of what
    ///     is given here.
    ///   - limitsOfTarget: What the platform takes for each target; `nil` where it counts the targets of a budget together.
    ///   - now: First polls are due within the spread after this, as far as the budgets allow; those of targets that were
    ///     asked less than an interval ago, when that is over.
    ///   - seed: The same seed gives the same schedule.
    package init(
        _ members: [Member],
        budgets: [BudgetLimits],
        limitsOfTarget: BudgetLimits? = nil,
        now: Instant,
        seed: UInt64
    ) {
        self.init(budgets: budgets, limitsOfTarget: limitsOfTarget, origin: now, now: 0, seed: seed)
        let added = members.map { (add($0, now: 0), $0.lastPoll) }
        sumUpLimits()
        spread(added, now: 0)
        for lane in lanes.indices { refresh(lane) }
    }

    /// A schedule without targets.
    init(budgets: [BudgetLimits], limitsOfTarget: BudgetLimits?, origin: Instant, now: Int64, seed: UInt64) {
        self.limitsOfTarget = limitsOfTarget
        self.origin = origin
        random = SplitMix64(seed: seed)
        lanes = (budgets.isEmpty ? [BudgetLimits()] : budgets).map { Lane(Budget($0, now: now)) }
    }

    /// Takes in a target, which has to be placed after.
    mutating func add(_ member: Member, now: Int64) -> Int32 {
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
        while credentials.count <= credential { credentials.append(CredentialState()) }
        lanes[lane].add(target, quiet: quiet, credential: credential)
        if let limitsOfTarget { own.append(Budget(limitsOfTarget, now: now)) }
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

    /// Makes the limits of each lane the sum of its targets', where these have limits of their own.
    mutating func sumUpLimits() {
        guard let limitsOfTarget else { return }
        for lane in lanes.indices {
            let limits = limitsOfTarget.sum(of: lanes[lane].members.count)
            lanes[lane].budget = lanes[lane].budget.changed(to: limits)
        }
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

    /// A duration in milliseconds: at least 1 ms, so that nothing spins, and at most a year.
    private static func milliseconds(_ duration: Duration) -> Int64 {
        min(max(1, floored(duration)), 366 * 86_400_000)
    }

    static func floored(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? (seconds < 0 ? .min / 4 : .max / 4) : milliseconds + attoseconds / 1_000_000_000_000_000
    }
}

extension Schedule {
    /// The outcome of a poll, as far as it matters for the next one.
    package enum Outcome: Sendable, Hashable {
        /// Nothing runs.
        case quiet
        /// A run or job is queued or in progress.
        case active
        /// No usable reply.
        case failed
        /// The credential was refused.
        case refused
        /// The platform's rate limit was reached.
        case throttled(retryAfter: Duration?)
    }

    /// A target to be asked now.
    package struct Poll: Sendable, Hashable {
        package var target: Int
        /// Whether it waited for the budget, or comes at an interval that was stretched for it, more than by thrift.
        package var isDelayed: Bool
    }

    /// The intervals of a target.
    package struct Rhythm: Sendable, Hashable {
        /// The interval between two polls of a quiet target.
        package var quiet: Duration
        /// The interval between two polls of a target that has something queued or running.
        package var active: Duration

        package init(quiet: Duration, active: Duration) {
            self.quiet = quiet
            self.active = active
        }
    }

    /// A target to be scheduled.
    package struct Member: Sendable, Hashable {
        package var rhythm: Rhythm
        /// The number of its budget.
        package var budget: Int
        /// The number of its bot: targets of a bot tend to start runs together.
        package var bot: Int
        /// The number of its credential. Targets of a budget have the same one: that of the first holds for all.
        package var credential: Int
        /// `nil` for one that is to be asked soon.
        package var lastPoll: LastPoll?

        package init(
            _ rhythm: Rhythm,
            budget: Int = 0,
            bot: Int = 0,
            credential: Int = 0,
            lastPoll: LastPoll? = nil
        ) {
            self.rhythm = rhythm
            self.budget = budget
            self.bot = bot
            self.credential = credential
            self.lastPoll = lastPoll
        }
    }

    /// When a target was asked last, before there was this schedule.
    package struct LastPoll: Sendable, Hashable {
        package var ago: Duration
        /// Whether a run or job was in progress then.
        package var wasActive: Bool

        package init(ago: Duration, wasActive: Bool) {
            self.ago = ago
            self.wasActive = wasActive
        }
    }
}

/// The state of one target in the schedule. All times are milliseconds of the schedule.
struct ScheduledTarget: Sendable {
    enum Phase: UInt8, Sendable {
        case waiting
        case inFlight
        /// Its credential is refused, and another target finds out when that is over.
        case parked
    }

    static let never = Int64.max

    var quiet: Int64
    var active: Int64
    var lane: Int32
    var bot: Int32
    /// The lane whose budget paid for the poll in flight; -1 where it is gone since.
    var payer: Int32 = -1
    var phase = Phase.waiting
    var wasPolled = false
    /// Whether it was let in when it was last asked.
    var isAuthorized = false
    var failures: UInt8 = 0
    /// Whether its run may end any time, so that it is asked at the active interval.
    var isEnding = false
    /// The next of the evenly spaced times at which the target has a right to a poll.
    var slot: Int64 = 0
    /// When that poll is due: about ``slot``, or later.
    var regularDue = never
    /// When an earlier one is wanted; ``never`` where none is.
    var extraDue = never
    /// When the last poll was taken.
    var lastPoll: Int64 = 0
    /// Whether its own budget could not pay when it was last due.
    var isPutOff = false
    /// How long before that the poll before it was, where the last one waited for the budget; otherwise 0.
    var delayedGap: Int64 = 0
    /// When the run in progress is thought to have begun; ``never`` where none is.
    var runStart = never
    /// Until this time a run is expected to be seen, because one was started.
    var expectsRunUntil = Int64.min
    /// How long its runs take.
    var runs = RunLengths()

    var isActive: Bool { runStart != Self.never }
}

/// An entry of a heap: a target that is due in its lane, or a lane that is due in the schedule.
///
/// Entries are not taken out of a heap when they are put off; they no longer match what is known of their subject then,
/// and are dropped when they come up.
struct Due: Comparable, Sendable {
    /// Milliseconds of the schedule.
    let time: Int64
    let subject: Int32

    static func < (left: Due, right: Due) -> Bool {
        (left.time, left.subject) < (right.time, right.subject)
    }
}

/// A small random number generator with a seed, for jitter that a test can repeat.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
