import Testing

@testable import Scheduling

/// The schedule where the budget is scarce, and where polls fail.
struct ScheduleOnBudgetTests {
    private typealias Instant = ContinuousClock.Instant
    private let start = ContinuousClock.now
    private let minute = Schedule.Rhythm(quiet: .seconds(60), active: .seconds(10))

    /// Plays a schedule whose replies take no time.
    ///
    /// - Returns: The seconds at which each target was polled.
    private func play(
        _ schedule: inout Schedule,
        from: Int = 0,
        seconds: Int,
        outcome: (_ target: Int, _ second: Int) -> Schedule.Outcome
    ) -> [Int: [Int]] {
        var polls: [Int: [Int]] = [:]
        for second in from..<from + seconds {
            let now = start + .seconds(second)
            for poll in schedule.takeDue(now: now, limit: .max) {
                polls[poll.target, default: []].append(second)
                _ = schedule.finish(poll.target, outcome(poll.target, second), now: now)
            }
        }
        return polls
    }

    private func schedule(_ targets: Int, _ limits: BudgetLimits = BudgetLimits(), seed: UInt64 = 1) -> Schedule {
        Schedule(Array(repeating: Schedule.Member(minute), count: targets), budgets: [limits], now: start, seed: seed)
    }

    private func longestGap(_ polls: [Int]?) -> Int {
        guard let polls else { return .max }
        return zip(polls, polls.dropFirst()).map { $1 - $0 }.max() ?? .max
    }

    @Test("more targets than the budget can pay for are all polled, at intervals stretched in proportion")
    func stretch() {
        // 100 targets at 60 s ask for 100 a minute; 85% of 1,620 an hour are about 22.6, so 266 s for each.
        var schedule = schedule(100)
        let polls = play(&schedule, seconds: 4 * 3600) { _, _ in .quiet }
        #expect(polls.count == 100)
        for target in 0..<100 {
            #expect(longestGap(polls[target]) < 600)
            #expect((polls[target]?.count ?? 0) >= 40)
        }
        #expect(polls.values.joined().count <= 4 * 1620 + 1620)
    }

    @Test("active targets go first, and quiet ones wait at most three times their interval", arguments: [1, 5, 10, 20])
    func activeFirst(active: Int) {
        var schedule = schedule(21)
        let polls = play(&schedule, seconds: 2 * 3600) { target, second in
            target < active && second > 1800 ? .active : .quiet
        }
        for target in 0..<21 { #expect(longestGap(polls[target]) <= 180) }
        func count(_ target: Int) -> Int { polls[target]?.count { $0 > 1800 && $0 < 2400 } ?? 0 }
        #expect(count(0) > (active == 20 ? 1 : 2) * count(20))
    }

    @Test("once run lengths are known, a run is not asked about before it can have ended, and often from then on")
    func likelyEnd() {
        var schedule = schedule(1)
        let polls = play(&schedule, seconds: 20 * 400) { _, second in second % 400 < 200 ? .active : .quiet }[0] ?? []
        for run in 0..<20 {
            let seen = polls.filter { $0 / 400 == run && $0 % 400 < 200 }
            let pause = seen.count > 1 ? seen[1] - seen[0] : .max
            #expect(run < 10 ? pause <= 12 : pause >= 40, "run \(run)")
            #expect(zip(seen.dropFirst(), seen.dropFirst(2)).allSatisfy { $1 - $0 <= 12 })
            #expect(seen.count > 3)
        }
        #expect(longestGap(polls) <= 125)
    }

    @Test("where many runs may end, they share the minute evenly")
    func evenly() {
        var schedule = schedule(20)
        let polls = play(&schedule, seconds: 1200) { _, second in second > 600 ? .active : .quiet }
        let late = polls.mapValues { $0.filter { $0 > 760 && $0 < 1000 } }
        for target in 0..<20 {
            #expect(longestGap(late[target]) <= 45)
            #expect((late[target]?.count ?? 0) >= 7)
        }
    }

    @Test("quiet time is saved up: a burst after it may use the whole minute")
    func burst() {
        var schedule = schedule(21)
        let polls = play(&schedule, seconds: 3900) { target, second in target < 10 && second > 3600 ? .active : .quiet }
        #expect(polls.values.joined().count { $0 > 3700 && $0 <= 3760 } >= 40)
    }

    @Test("when a run starts, the bot's other targets are asked soon, and other bots' are not")
    func hint() {
        let members = (0..<20).map { Schedule.Member(minute, budget: $0 / 10, bot: $0 / 10) }
        var schedule = Schedule(members, budgets: [BudgetLimits(), BudgetLimits()], now: start, seed: 3)
        _ = play(&schedule, seconds: 600) { _, _ in .quiet }
        var begun: Int?
        let polls = play(&schedule, from: 600, seconds: 120) { target, second in
            guard target == 0 else { return .quiet }
            begun = begun ?? second
            return .active
        }
        let first = begun ?? 0
        for target in 1..<10 {
            #expect(polls[target]?.contains { $0 >= first - 10 && $0 <= first + 10 } ?? false)
        }
        #expect((10..<20).count { polls[$0]?.contains { $0 >= first - 10 && $0 <= first + 10 } ?? false } < 9)
    }

    @Test("a triggered target is asked at once, and often until its run shows")
    func triggered() {
        var schedule = schedule(1)
        _ = play(&schedule, seconds: 600) { _, _ in .quiet }
        schedule.expectRun(0, now: start + .seconds(600))
        let polls = play(&schedule, from: 600, seconds: 240) { _, _ in .quiet }[0] ?? []
        #expect(polls.first ?? .max <= 602)
        #expect(polls.count { $0 < 720 } >= 10)
        #expect(polls.count { $0 >= 735 } <= 3)
    }

    @Test(
        "a target that fails is asked more and more seldom, but at least each 10 minutes, and recovers",
        arguments: 0..<9 as Range<UInt64>
    )
    func backoff(seed: UInt64) {
        var schedule = schedule(1, seed: seed)
        let polls = play(&schedule, seconds: 36_000) { _, _ in .failed }[0] ?? []
        #expect(longestGap(polls) <= 601)
        #expect(polls.count { $0 > 3600 } < 270 && polls.count { $0 > 3600 } > 54)
        let after = play(&schedule, from: 36_000, seconds: 1200) { _, _ in .quiet }[0] ?? []
        #expect(longestGap(after) <= 90)
    }

    @Test("a refused credential is tried by one target at a time, each in turn, and when it is let in all come back")
    func refused() {
        var schedule = schedule(20)
        let refused = play(&schedule, seconds: 36_000) { _, _ in .refused }
        #expect(refused.count == 20)
        let late = refused.values.flatMap { $0 }.filter { $0 > 3600 }
        // Full jitter up to 10 minutes is 5 on average.
        #expect(late.count > 92 && late.count < 125)
        #expect(refused.values.allSatisfy { $0.count > 1 })
        let after = play(&schedule, from: 36_000, seconds: 700) { _, _ in .quiet }
        #expect(after.count == 20)
        let firsts = after.values.compactMap(\.first)
        #expect((firsts.max() ?? .max) - (firsts.min() ?? 0) <= 5)
    }

    @Test("one bot's refusal does not stop the others of its budget")
    func refusedOne() {
        var schedule = schedule(5)
        let polls = play(&schedule, seconds: 3600) { target, _ in target == 2 ? .refused : .quiet }
        for target in [0, 1, 3, 4] { #expect((polls[target]?.count ?? 0) >= 55) }
        #expect((polls[2]?.count ?? 0) < 40)
    }

    @Test("a throttled budget waits as long as it is told to, and the target has its turn after that")
    func throttled() {
        var schedule = schedule(3)
        var refusal: Int?
        let polls = play(&schedule, seconds: 600) { _, second in
            guard refusal == nil, second > 100 else { return .quiet }
            refusal = second
            return .throttled(retryAfter: .seconds(40))
        }
        let at = refusal ?? 0
        let all = polls.values.flatMap { $0 }
        #expect(!all.contains { $0 > at && $0 < at + 40 })
        #expect(all.contains { $0 == at + 40 })
        for target in 0..<3 { #expect(longestGap(polls[target]) <= 105) }
    }

    @Test("when a platform stops throttling again and again, its targets are polled at their intervals at once")
    func throttledOften() {
        var schedule = schedule(3, BudgetLimits(perMinute: 6000, perHour: 360_000))
        _ = play(&schedule, seconds: 600) { _, _ in .throttled(retryAfter: .seconds(1)) }
        let polls = play(&schedule, from: 600, seconds: 1200) { _, _ in .quiet }
        for target in 0..<3 { #expect(longestGap(polls[target]) <= 90 && (polls[target]?.count ?? 0) >= 18) }
    }

    @Test("polls of a demand that fits are not called delayed, those of one that does not are", arguments: [21, 40])
    func stretched(targets: Int) {
        var schedule = schedule(targets)
        var (all, delayed) = (0, 0)
        for second in 0..<3600 {
            let now = start + .seconds(second)
            for poll in schedule.takeDue(now: now, limit: .max) {
                all += 1
                delayed += poll.isDelayed ? 1 : 0
                _ = schedule.finish(poll.target, .quiet, now: now)
            }
        }
        #expect(targets == 21 ? delayed < all / 50 : delayed > all * 9 / 10)
    }

    @Test("a poll that the budget put off says so")
    func delayed() {
        var schedule = Schedule(
            [Schedule.Member(minute), Schedule.Member(minute)],
            budgets: [BudgetLimits(perMinute: 1, perHour: 60)],
            now: start,
            seed: 1
        )
        let first = schedule.takeDue(now: start + .seconds(2), limit: .max)
        #expect(first.map(\.isDelayed) == [false])
        _ = schedule.finish(first[0].target, .quiet, now: start + .seconds(2))
        #expect(schedule.takeDue(now: start + .seconds(30), limit: .max).isEmpty)
        #expect(schedule.takeDue(now: start + .seconds(64), limit: .max).map(\.isDelayed) == [true])
    }
}
