import Testing

@testable import Scheduling

/// Bots with a budget each that share credentials, which are refused.
struct ScheduleCredentialTests {
    private typealias Outcome = Schedule.Outcome
    private let start = ContinuousClock.now
    private let minute = Schedule.Rhythm(quiet: .seconds(60), active: .seconds(10))
    private let plenty = BudgetLimits(perMinute: 6000, perHour: 360_000)

    /// Bots with three targets each; credentials are dealt out in turn.
    private func members(bots: Int, credentials: Int) -> [Schedule.Member] {
        (0..<3 * bots).map { Schedule.Member(minute, budget: $0 / 3, bot: $0 / 3, credential: $0 / 3 % credentials) }
    }

    private func schedule(bots: Int, credentials: Int = 1, seed: UInt64 = 1) -> Schedule {
        let budgets = Array(repeating: plenty, count: bots)
        return Schedule(members(bots: bots, credentials: credentials), budgets: budgets, now: start, seed: seed)
    }

    /// Goes on with some of the bots, which have other numbers then.
    private func reloaded(_ old: Schedule, bots: [Int], credentials: Int = 1, at second: Int) -> Schedule {
        let all = members(bots: old.lanes.count, credentials: credentials)
        let places = bots.flatMap { Array(3 * $0..<3 * $0 + 3) }
        return Schedule(
            places.enumerated().map { index, place in
                Schedule.Member(minute, budget: index / 3, bot: index / 3, credential: all[place].credential)
            },
            budgets: Array(repeating: plenty, count: bots.count),
            continuing: old,
            from: places,
            budgetsFrom: bots,
            now: start + .seconds(second),
            seed: UInt64(second)
        )
    }

    /// Plays a schedule whose replies take no time.
    ///
    /// - Returns: The seconds at which each target was polled.
    private func play(
        _ schedule: inout Schedule,
        _ seconds: Range<Int>,
        outcome: (_ bot: Int) -> Outcome
    ) -> [Int: [Int]] {
        var polls: [Int: [Int]] = [:]
        for second in seconds {
            let now = start + .seconds(second)
            for poll in schedule.takeDue(now: now, limit: .max) {
                polls[poll.target, default: []].append(second)
                _ = schedule.finish(poll.target, outcome(poll.target / 3), now: now)
            }
        }
        return polls
    }

    private func longestGap(_ polls: [Int], in seconds: Range<Int>) -> Int {
        let times = [seconds.lowerBound] + polls.sorted() + [seconds.upperBound]
        return zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? .max
    }

    /// What one target that fails is asked in an hour: full jitter up to 10 minutes is 5 on average.
    private let oneBackoff = 7...30

    @Test("a credential that is refused is tried by one bot at a time, each in turn", arguments: 1..<4 as Range<UInt64>)
    func refused(seed: UInt64) {
        var schedule = schedule(bots: 200, seed: seed)
        let first = play(&schedule, 0..<4) { _ in .refused }
        #expect(first.count == 600 && first.values.allSatisfy { $0.count == 1 })
        let tries = play(&schedule, 4..<3604) { _ in .refused }
        #expect(oneBackoff.contains(tries.values.joined().count))
        #expect(Set(tries.keys.map { $0 / 3 }).count == tries.values.joined().count)
        #expect(longestGap(tries.values.flatMap { $0 }, in: 4..<3604) <= 603)
    }

    @Test("when it is let in again, all targets of all bots come back soon", arguments: 1..<4 as Range<UInt64>)
    func recovered(seed: UInt64) {
        var schedule = schedule(bots: 200, seed: seed)
        _ = play(&schedule, 0..<3600) { _ in .refused }
        let after = play(&schedule, 3600..<4300) { _ in .quiet }
        let firsts = after.values.compactMap(\.first)
        #expect(firsts.count == 600)
        #expect((firsts.min() ?? .max) <= 4203)
        #expect((firsts.max() ?? .max) - (firsts.min() ?? 0) <= 6)
    }

    @Test("bots that fail for other reasons do not hide that a credential lets none in")
    func failing() {
        var schedule = schedule(bots: 200)
        _ = play(&schedule, 0..<600) { _ in .quiet }
        _ = play(&schedule, 600..<4200) { $0 < 5 ? .failed : .refused }
        let tries = play(&schedule, 4200..<7800) { $0 < 5 ? .failed : .refused }.filter { $0.key >= 15 }
        #expect(oneBackoff.contains(tries.values.joined().count))
    }

    @Test(
        "bots that a good credential does not reach are each tried by themselves, and others notice nothing",
        arguments: [1, 20]
    )
    func some(refused: Int) {
        var schedule = schedule(bots: 200)
        _ = play(&schedule, 0..<600) { _ in .quiet }
        let hour = 600..<4200
        let polls = play(&schedule, hour) { $0 < refused ? .refused : .quiet }
        for bot in 0..<200 {
            let times = (0..<3).map { polls[3 * bot + $0] ?? [] }
            guard bot < refused else {
                for target in times { #expect(longestGap(target, in: hour) <= 66) }
                continue
            }
            #expect((oneBackoff.lowerBound...oneBackoff.upperBound + 3).contains(times.joined().count))
            #expect(longestGap(times.flatMap { $0 }, in: hour) <= 601)
        }
    }

    @Test("a bot that was let in a while ago is tried before those that never are")
    func blip() {
        var schedule = schedule(bots: 200)
        _ = play(&schedule, 0..<3600) { $0 < 190 ? .refused : .quiet }
        _ = play(&schedule, 3600..<4200) { _ in .refused }
        let after = play(&schedule, 4200..<4900) { $0 < 190 ? .refused : .quiet }
        for target in 570..<600 { #expect((after[target]?.first ?? .max) <= 4810) }
        let hour = 4900..<8500
        let later = play(&schedule, hour) { $0 < 190 ? .refused : .quiet }
        for bot in 0..<190 { #expect(longestGap((0..<3).flatMap { later[3 * bot + $0] ?? [] }, in: hour) <= 602) }
    }

    @Test("where one that was never refused is let in, each bot goes on at its own backoff and there is no burst")
    func othersLetIn() {
        var schedule = schedule(bots: 200)
        _ = play(&schedule, 0..<3600) { $0 == 0 ? .failed : .refused }
        let polls = play(&schedule, 3600..<4900) { $0 == 0 ? .quiet : .refused }.filter { $0.key >= 3 }
        #expect(Set(polls.keys.map { $0 / 3 }).count == 199)
        #expect(Dictionary(grouping: polls.values.joined()) { $0 / 2 }.values.allSatisfy { $0.count < 30 })
    }

    @Test("two credentials do not affect each other")
    func two() {
        var schedule = schedule(bots: 100, credentials: 2)
        let isFirst = { (target: Int) in target / 3 % 2 == 0 }
        let good = play(&schedule, 0..<3600) { $0 % 2 == 0 ? .refused : .quiet }
        #expect(good.filter { isFirst($0.key) }.values.joined().count <= 150 + oneBackoff.upperBound)
        for target in 0..<300 where !isFirst(target) { #expect((good[target]?.count ?? 0) >= 58) }
        _ = play(&schedule, 3600..<7200) { _ in .refused }
        let polls = play(&schedule, 7200..<10_800) { $0 % 2 == 0 ? .quiet : .refused }
        #expect(polls.count { isFirst($0.key) } == 150)
        #expect(oneBackoff.contains(polls.filter { !isFirst($0.key) }.values.joined().count))
    }

    @Test("a reload, also to fewer bots, makes nobody try who would not have", arguments: [200, 120])
    func reload(left: Int) {
        var schedule = schedule(bots: 200)
        _ = play(&schedule, 0..<3600) { _ in .refused }
        schedule = reloaded(schedule, bots: Array((200 - left)..<200), at: 3600)
        let tries = play(&schedule, 3600..<7200) { _ in .refused }
        #expect(oneBackoff.contains(tries.values.joined().count))
        let after = play(&schedule, 7200..<7900) { _ in .quiet }
        #expect(after.count == 3 * left)
        schedule = reloaded(schedule, bots: Array(0..<left), at: 7900)
        #expect(schedule.credentials.map(\.authorized) == [3 * left])
        let hour = 7900..<11_500
        let some = play(&schedule, hour) { $0 < 20 ? .refused : .quiet }
        for bot in 0..<20 { #expect(longestGap((0..<3).flatMap { some[3 * bot + $0] ?? [] }, in: hour) <= 601) }
    }

    @Test(
        "whatever happened, all are asked soon once the platform lets all in, and what is known of credentials is true",
        arguments: 1..<13 as Range<UInt64>
    )
    func anything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var credentials = Int.random(in: 1...3, using: &random)
        var schedule = schedule(bots: 30, credentials: credentials, seed: seed)
        var replies: [(at: Int, poll: Schedule.Poll, outcome: Outcome)] = []
        var second = 0
        var asked: [Int: Int] = [:]
        func step(_ outcome: (_ bot: Int) -> Outcome) {
            let now = start + .seconds(second)
            for reply in replies where reply.at <= second {
                _ = schedule.finish(reply.poll.target, reply.outcome, now: now)
            }
            replies.removeAll { $0.at <= second }
            for poll in schedule.takeDue(now: now, limit: 60) {
                asked[poll.target] = second
                replies.append((second + .random(in: 0...5, using: &random), poll, outcome(poll.target / 3)))
            }
            second += 1
        }
        for _ in 0..<5 {
            let isDown = (0..<3).map { _ in Bool.random(using: &random) }
            let kinds = (0..<30).map { bot in
                isDown[bot % credentials] ? Int.random(in: 5...8, using: &random) : .random(in: 0...8, using: &random)
            }
            for _ in 0..<Int.random(in: 1...1500, using: &random) {
                step { bot in
                    let kind = kinds[bot] == 3 ? Int.random(in: 0...6, using: &random) : kinds[bot]
                    let kinds: [Outcome] = [.quiet, .active, .throttled(retryAfter: .seconds(3)), .quiet, .failed]
                    return kind < kinds.count ? kinds[kind] : .refused
                }
            }
            for target in 0..<90 where Bool.random(using: &random) {
                schedule.expectRun(target, now: start + .seconds(second))
            }
            if Bool.random(using: &random) {
                // The same bots, in the same order, perhaps on other credentials.
                credentials = Int.random(in: 1...3, using: &random)
                schedule = reloaded(schedule, bots: Array(0..<30), credentials: credentials, at: second)
            }
            for (number, credentialState) in schedule.credentials.enumerated() {
                let own = schedule.targets.filter { schedule.lanes[Int($0.lane)].credential == number }
                #expect(credentialState.authorized == own.count(where: \.isAuthorized))
                #expect(!credentialState.isRefused || credentialState.authorized == 0)
            }
        }
        let end = second
        asked = [:]
        while second < end + 600 + 5 + 4 + 180 { step { _ in .quiet } }
        #expect(asked.count == 90)
    }
}
