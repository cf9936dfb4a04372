import Testing

@testable import Scheduling

/// A schedule that goes on with other targets and budgets.
struct ScheduleReloadTests {
    private let start = ContinuousClock.now
    private let minute = Schedule.Rhythm(quiet: .seconds(60), active: .seconds(10))

    private func members(_ count: Int, budget: Int = 0) -> [Schedule.Member] {
        Array(repeating: Schedule.Member(minute, budget: budget), count: count)
    }

    /// Plays one whose replies take no time; returns the seconds at which each target was polled.
    private func play(
        _ schedule: inout Schedule,
        _ seconds: Range<Int>,
        outcome: (Int) -> Schedule.Outcome = { _ in .quiet }
    ) -> [Int: [Int]] {
        var polls: [Int: [Int]] = [:]
        for second in seconds {
            let now = start + .seconds(second)
            for poll in schedule.takeDue(now: now, limit: .max) {
                polls[poll.target, default: []].append(second)
                _ = schedule.finish(poll.target, outcome(poll.target), now: now)
            }
        }
        return polls
    }

    @Test("a reload that changes nothing changes no due time, failure, active state or run length")
    func unchanged() {
        var old = Schedule(members(6), budgets: [BudgetLimits()], now: start, seed: 1)
        _ = play(&old, 0..<300) { [.quiet, .active, .failed][$0 % 3] }
        let now = start + .seconds(300)
        let new = Schedule(
            members(6),
            budgets: [BudgetLimits()],
            continuing: old,
            from: Array(0..<6),
            budgetsFrom: [0],
            now: now,
            seed: 2
        )
        for (old, new) in zip(old.targets, new.targets) {
            #expect(new.regularDue == old.regularDue)
            #expect(new.extraDue == old.extraDue)
            #expect(new.failures == old.failures)
            #expect(new.runStart == old.runStart)
            #expect(new.isEnding == old.isEnding)
            #expect(new.runs == old.runs)
            #expect(new.lastPoll == old.lastPoll)
        }
        #expect(new.botRuns == old.botRuns)
        #expect(new.lanes[0].budget == old.lanes[0].budget)
        #expect(new.lanes[0].demand.endingTargets == old.lanes[0].demand.endingTargets)
        #expect(new.nextDue == old.nextDue)
    }

    @Test("targets that are new are asked within the spread, those that were there when they were due")
    func added() {
        var old = Schedule(members(4), budgets: [BudgetLimits()], now: start, seed: 1)
        let before = play(&old, 0..<290)
        var new = Schedule(
            members(5),
            budgets: [BudgetLimits()],
            continuing: old,
            from: [nil, 3, 1, nil, 0],
            budgetsFrom: [0],
            now: start + .seconds(290),
            seed: 2
        )
        let after = play(&new, 290..<400)
        for target in [0, 3] { #expect((after[target]?.first ?? .max) <= 292) }
        for (target, place) in [1: 3, 2: 1, 4: 0] {
            let gap = (after[target]?.first ?? .max) - (before[place]?.last ?? 0)
            #expect(gap >= 56 && gap <= 64)
        }
    }

    @Test("a shorter interval brings the next poll sooner in proportion, so that a herd stays spread")
    func shorter() {
        let hour = Schedule.Rhythm(quiet: .seconds(3600), active: .seconds(10))
        let old = Array(repeating: Schedule.Member(hour), count: 20)
        var schedule = Schedule(old, budgets: [BudgetLimits()], now: start, seed: 1)
        _ = play(&schedule, 0..<4000)
        schedule = Schedule(
            members(20),
            budgets: [BudgetLimits()],
            continuing: schedule,
            from: Array(0..<20),
            budgetsFrom: [0],
            now: start + .seconds(4000),
            seed: 2
        )
        let polls = play(&schedule, 4000..<4064)
        #expect(polls.count == 20)
        #expect(Dictionary(grouping: polls.values.compactMap(\.first)) { $0 / 10 }.values.allSatisfy { $0.count < 8 })
    }

    @Test("a budget keeps what was asked and learned, also where its limits change, and one that is new is full")
    func budgets() {
        var old = Schedule(members(40), budgets: [BudgetLimits(), BudgetLimits()], now: start, seed: 1)
        let now = start + .seconds(2)
        let taken = old.takeDue(now: now, limit: .max)
        #expect(taken.count == 40)
        for poll in taken.dropFirst() { _ = old.finish(poll.target, .throttled(retryAfter: nil), now: now) }
        #expect(old.takeLowered() == [0])
        let new = Schedule(
            members(1),
            budgets: [BudgetLimits(), BudgetLimits(perMinute: 50, perHour: 1000)],
            continuing: old,
            from: [nil],
            budgetsFrom: [nil, 0],
            now: now,
            seed: 2
        )
        let later = now + .seconds(2)
        let changed = new.report(ofBudget: 1, now: later)
        #expect(changed.minuteLimit == 36 && changed.hourLimit == 1000)
        #expect(changed.minuteRemaining == 0 && changed.hourRemaining == 960)
        let fresh = new.report(ofBudget: 0, now: later)
        #expect(fresh.isUntouched && fresh.minuteRemaining == 60)
    }

    @Test("polls in flight settle in the budget that paid: of targets that stay, that move and that vanish")
    func inFlight() {
        var old = Schedule(members(3), budgets: [BudgetLimits()], now: start, seed: 1)
        let now = start + .seconds(2)
        #expect(old.takeDue(now: now, limit: .max).count == 3)
        // The first vanishes, the second stays, the third moves to a budget of its own.
        var new = Schedule(
            [Schedule.Member(minute, budget: 0), Schedule.Member(minute, budget: 1)],
            budgets: [BudgetLimits(), BudgetLimits()],
            continuing: old,
            from: [1, 2],
            budgetsFrom: [0, nil],
            now: now,
            seed: 2
        )
        #expect(new.inFlight == 3)
        #expect(new.takeDue(now: start + .seconds(200), limit: .max).isEmpty)
        #expect(new.report(ofBudget: 0, now: start + .seconds(200)).minuteRemaining == 57)
        let end = start + .seconds(200)
        new.finishVanished(budget: 0, .quiet, now: end)
        _ = new.finish(0, .quiet, now: end)
        _ = new.finish(1, .quiet, now: end)
        #expect(new.inFlight == 0)
        #expect(new.report(ofBudget: 0, now: end).minuteRemaining == 57)
        #expect(new.report(ofBudget: 1, now: end).isUntouched)
        #expect(new.report(ofBudget: 0, now: end + .seconds(62)).minuteRemaining == 60)
        #expect(play(&new, 200..<280).count == 2)
    }

    @Test("a refused credential is still tried by one, also where the target whose turn it was is gone")
    func refused() {
        var old = Schedule(members(10), budgets: [BudgetLimits()], now: start, seed: 1)
        _ = play(&old, 0..<3600) { _ in .refused }
        let trial = Int(old.lanes[0].refusal.trial ?? -1)
        let stay = (0..<10).filter { $0 != trial }
        var new = Schedule(
            members(9),
            budgets: [BudgetLimits()],
            continuing: old,
            from: stay,
            budgetsFrom: [0],
            now: start + .seconds(3600),
            seed: 2
        )
        let polls = play(&new, 3600..<5400) { _ in .refused }
        #expect((1...12).contains(polls.values.joined().count))
        #expect(play(&new, 5400..<6100).count == 9)
    }
}
