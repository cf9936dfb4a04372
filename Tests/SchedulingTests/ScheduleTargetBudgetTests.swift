import Testing

@testable import Scheduling

/// The schedule where each target has limits of its own, before platforms that count so and platforms that do not.
struct ScheduleTargetBudgetTests {
    private let start = ContinuousClock.now

    private func schedule(_ targets: Int, active: Duration = .seconds(10), seed: UInt64 = 1) -> Schedule {
        let rhythm = Schedule.Rhythm(quiet: .seconds(60), active: active)
        return Schedule(
            Array(repeating: Schedule.Member(rhythm), count: targets),
            budgets: [BudgetLimits()],
            limitsOfTarget: BudgetLimits(),
            now: start,
            seed: seed
        )
    }

    /// A platform that takes 60 requests in any minute and 1,800 in any hour of what it counts together, exactly.
    private struct Platform {
        /// What it counts a target's requests by.
        let key: (Int) -> Int
        var taken: [Int: [Double]] = [:]
        var refusals: [Double] = []

        init(countsBy key: @escaping (Int) -> Int) { self.key = key }

        mutating func takes(_ target: Int, at second: Double) -> Bool {
            let key = key(target)
            let times = taken[key] ?? []
            func isWithin(_ length: Double, _ requests: Int) -> Bool {
                times.count >= requests && second - times[times.count - requests] < length
            }
            guard !isWithin(60, 60), !isWithin(3600, 1800) else {
                refusals.append(second)
                return false
            }
            taken[key, default: []].append(second)
            return true
        }
    }

    /// Plays the schedule against a platform, in steps of half a second; replies take no time.
    ///
    /// - Returns: The seconds at which each target was answered.
    private func play(
        _ schedule: inout Schedule,
        _ platform: inout Platform,
        from: Int = 0,
        seconds: Int,
        isActive: (Int, Double) -> Bool
    ) -> [Int: [Double]] {
        var answers: [Int: [Double]] = [:]
        for step in from * 2..<(from + seconds) * 2 {
            let (second, now) = (Double(step) / 2, start + .milliseconds(500 * step))
            for poll in schedule.takeDue(now: now, limit: .max) {
                let isTaken = platform.takes(poll.target, at: second)
                if isTaken { answers[poll.target, default: []].append(second) }
                let reply: Schedule.Outcome = isActive(poll.target, second) ? .active : .quiet
                _ = schedule.finish(poll.target, isTaken ? reply : .throttled(retryAfter: nil), now: now)
            }
        }
        return answers
    }

    private func longestGap(_ times: [Double]?, from: Double) -> Double {
        let late = (times ?? []).filter { $0 >= from }
        return zip(late, late.dropFirst()).map { $1 - $0 }.max() ?? .infinity
    }

    @Test("where the platform counts by target, all targets of a bot are asked at the active interval at once")
    func byTarget() {
        var schedule = schedule(21)
        var platform = Platform { $0 }
        let answers = play(&schedule, &platform, seconds: 1800) { _, _ in true }
        for target in 0..<21 { #expect(longestGap(answers[target], from: 120) <= 12) }
        #expect(platform.refusals.isEmpty)
    }

    @Test("at the shortest active interval, a target stays within an hour's limit and is asked evenly all the time")
    func shortest() {
        var schedule = schedule(1, active: .seconds(2))
        var platform = Platform { $0 }
        let answers = play(&schedule, &platform, seconds: 4 * 3600) { _, _ in true }
        #expect(platform.refusals.isEmpty)
        #expect(longestGap(answers[0], from: 120) <= 12)
        let minutes = Dictionary(grouping: answers[0] ?? []) { Int($0 / 600) }
        #expect(minutes.values.allSatisfy { $0.count >= 100 })
    }

    @Test(
        "a platform that counts by bot is understood within a minute, and refuses hardly anything from then on",
        arguments: [2, 10]
    )
    func byBot(active: Int) {
        var schedule = schedule(21, active: .seconds(active))
        var platform = Platform { _ in 0 }
        let answers = play(&schedule, &platform, seconds: 6 * 3600) { _, _ in true }
        let first = platform.refusals.first ?? .infinity
        #expect(first < 120)
        // Now and then a tenth more is tried, and one request finds out that it is still too many.
        #expect(platform.refusals.count { $0 > first && $0 <= first + 60 } <= 3)
        for hour in 1..<6 {
            #expect(platform.refusals.count { Int($0 / 3600) == hour } <= 4)
        }
        for target in 0..<21 { #expect(longestGap(answers[target], from: 300) <= 240) }
    }

    @Test(
        "a single refusal costs a bot's targets no more than a platform that counts by bot, and is forgotten in a day"
    )
    func recovers() {
        var schedule = schedule(21)
        var platform = Platform { $0 }
        let now = start + .seconds(3)
        let polls = schedule.takeDue(now: now, limit: .max)
        for poll in polls { _ = schedule.finish(poll.target, .throttled(retryAfter: nil), now: now) }
        #expect(schedule.isLowered(budget: 0))
        #expect(schedule.report(ofBudget: 0, now: now).minuteRemaining == 0)
        let quiet = play(&schedule, &platform, from: 4, seconds: 23 * 3600) { _, _ in false }
        for target in 0..<21 { #expect(longestGap(quiet[target], from: 300) <= 150) }
        #expect(schedule.isLowered(budget: 0))
        let begin = 4 + 25 * 3600
        let answers = play(&schedule, &platform, from: begin, seconds: 1800) { _, _ in true }
        #expect(!schedule.isLowered(budget: 0))
        for target in 0..<21 { #expect(longestGap(answers[target], from: Double(begin) + 120) <= 12) }
    }

    @Test("a target that was probed until its own budget had nothing left does not hold the others of its bot back")
    func ownBudget() {
        var schedule = schedule(3)
        let now = start + .seconds(3)
        for poll in schedule.takeDue(now: now, limit: .max) { _ = schedule.finish(poll.target, .quiet, now: now) }
        var probes = 0
        while schedule.takeProbe(0, now: now) == .taken {
            probes += 1
            _ = schedule.finish(0, .quiet, now: now)
        }
        #expect(probes == 59)
        #expect(schedule.takeProbe(0, now: now) == .outOfBudget)
        #expect(schedule.takeProbe(1, now: now) == .taken)
        _ = schedule.finish(1, .quiet, now: now)
        #expect(schedule.report(ofBudget: 0, now: now).minuteRemaining == 0)
        #expect(schedule.report(ofBudget: 0, now: now).minuteLimit == 60)
    }

    @Test("a target that is refused although it was asked too often itself teaches its own budget alone")
    func ownRefusal() {
        var schedule = schedule(3)
        let now = start + .seconds(3)
        for poll in schedule.takeDue(now: now, limit: .max) { _ = schedule.finish(poll.target, .quiet, now: now) }
        for _ in 0..<58 where schedule.takeProbe(0, now: now) == .taken {
            _ = schedule.finish(0, .quiet, now: now)
        }
        #expect(schedule.takeProbe(0, now: now) == .taken)
        _ = schedule.finish(0, .throttled(retryAfter: .seconds(30)), now: now)
        #expect(!schedule.isLowered(budget: 0))
        #expect(schedule.takeProbe(1, now: now) == .taken)
        _ = schedule.finish(1, .quiet, now: now)
        #expect(schedule.takeProbe(0, now: now) == .outOfBudget)
        #expect(schedule.report(ofTarget: 0, now: now + .seconds(31)).minuteLimit == 54)
    }

    @Test("what a target asked and what was learned of its bot survive a restart and a reload")
    func kept() throws {
        var before = schedule(21)
        let now = start + .seconds(3)
        let polls = before.takeDue(now: now, limit: .max)
        for poll in polls { _ = before.finish(poll.target, .throttled(retryAfter: nil), now: now) }
        let shared = before.saved(budget: 0, now: now)
        let saved = before.saved(target: 0, now: now)
        let own = try #require(saved)
        var restarted = schedule(21)
        restarted.restore(budget: 0, shared, away: .seconds(10), now: start)
        restarted.restore(target: 0, own, away: .seconds(10), now: start)
        #expect(restarted.isLowered(budget: 0))
        #expect(restarted.report(ofTarget: 0, now: start).minuteRemaining == 59)
        let rhythm = Schedule.Rhythm(quiet: .seconds(60), active: .seconds(10))
        let reloaded = Schedule(
            Array(repeating: Schedule.Member(rhythm), count: 22),
            budgets: [BudgetLimits()],
            limitsOfTarget: BudgetLimits(),
            continuing: before,
            from: (0..<21).map { $0 } + [nil],
            budgetsFrom: [0],
            now: now,
            seed: 1
        )
        #expect(reloaded.isLowered(budget: 0))
        #expect(reloaded.report(ofTarget: 0, now: now).minuteRemaining == 59)
        #expect(reloaded.report(ofTarget: 21, now: now).minuteRemaining == 60)
    }
}
