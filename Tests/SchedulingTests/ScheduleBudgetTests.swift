import Testing

@testable import Scheduling

/// What the schedule's caller does with its budgets.
struct ScheduleBudgetTests {
    private let start = ContinuousClock.now
    private let minute = Schedule.Rhythm(quiet: .seconds(60), active: .seconds(10))

    private func schedule(_ targets: Int) -> Schedule {
        Schedule(
            Array(repeating: Schedule.Member(minute), count: targets),
            budgets: [BudgetLimits()],
            now: start,
            seed: 1
        )
    }

    @Test("probes have the reserve when polls have taken all that is theirs")
    func probes() {
        var schedule = schedule(100)
        let now = start + .seconds(2)
        let polled = schedule.takeDue(now: now, limit: .max)
        #expect(polled.count == 54)
        let others = (0..<100).filter { target in !polled.contains { $0.target == target } }
        let probed = others.filter { schedule.takeProbe($0, now: now) == .taken }
        #expect(probed.count == 6)
        for target in probed { _ = schedule.finish(target, .quiet, now: now) }
        #expect(schedule.report(ofBudget: 0, now: now).minuteRemaining == 0)
        #expect(schedule.report(ofBudget: 0, now: now).hourRemaining == 1740)
    }

    @Test("a probe that is throttled closes the budget for polls too")
    func throttledProbe() {
        var schedule = schedule(1)
        #expect(schedule.takeProbe(0, now: start) == .taken)
        _ = schedule.finish(0, .throttled(retryAfter: .seconds(30)), now: start)
        #expect(schedule.takeDue(now: start + .seconds(29), limit: .max).isEmpty)
        #expect(schedule.takeDue(now: start + .seconds(30), limit: .max).count == 1)
    }

    @Test("a limit that was lowered is told once, with the limits in force in the report")
    func lowered() {
        var schedule = schedule(40)
        let now = start + .seconds(2)
        let polls = schedule.takeDue(now: now, limit: .max)
        #expect(schedule.takeLowered() == [])
        for poll in polls { _ = schedule.finish(poll.target, .throttled(retryAfter: nil), now: now) }
        #expect(schedule.takeLowered() == [0])
        #expect(schedule.takeLowered() == [])
        let report = schedule.report(ofBudget: 0, now: now)
        #expect(report.minuteLimit == 36 && report.hourLimit == 1800)
        #expect(report.minuteRemaining == 0 && report.hourRemaining == 0)
    }

    @Test("a schedule goes on with a saved budget, less the time away")
    func restored() {
        var before = schedule(50)
        let now = start + .seconds(2)
        for poll in before.takeDue(now: now, limit: .max) { _ = before.finish(poll.target, .quiet, now: now) }
        let saved = before.saved(budget: 0, now: now)
        var after = schedule(50)
        after.restore(budget: 0, saved, away: .seconds(30), now: start)
        #expect(after.report(ofBudget: 0, now: start).minuteRemaining == 10)
        #expect(after.takeDue(now: start + .seconds(3), limit: .max).count == 4)
        #expect(after.report(ofBudget: 0, now: start + .seconds(32)).minuteRemaining == 56)
    }
}
