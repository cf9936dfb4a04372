import Testing

@testable import Scheduling

struct ScheduleProbeTests {
    private let start = ContinuousClock.now
    private let minute = Schedule.Rhythm(quiet: .seconds(60), active: .seconds(10))

    private func schedule(targets: Int = 1, _ limits: BudgetLimits = BudgetLimits(), seed: UInt64 = 1) -> Schedule {
        let members = (0..<targets).map { _ in Schedule.Member(minute, budget: 0, bot: 0, credential: 0) }
        return Schedule(members, budgets: [limits], now: start, seed: seed)
    }

    /// - Returns: The targets that were due, each asked and answered at once.
    private func play(_ schedule: inout Schedule, at second: Double) -> [Int] {
        let now = start + .seconds(second)
        return schedule.takeDue(now: now, limit: 100).map { poll in
            _ = schedule.finish(poll.target, .quiet, now: now)
            return poll.target
        }
    }

    @Test("a target that is asked on demand is not asked by the schedule meanwhile, and then at its own times")
    func ownTimes() {
        for seed in 1...20 as ClosedRange<UInt64> {
            var schedule = schedule(seed: seed)
            #expect(schedule.takeProbe(0, now: start) == .taken)
            #expect(schedule.takeProbe(0, now: start) == .inFlight)
            #expect(play(&schedule, at: 500).isEmpty)
            #expect(schedule.inFlight == 1)
            _ = schedule.finish(0, .quiet, now: start + .seconds(500))
            #expect(schedule.inFlight == 0)
            let polls = (5000..<8000).count { !play(&schedule, at: Double($0) / 10).isEmpty }
            #expect((4...5).contains(polls), "once in a minute, but for one that would follow too soon")
        }
    }

    @Test("targets that are asked on demand may use the reserve of their budget, and no more")
    func reserve() {
        let limits = BudgetLimits(perMinute: 10, perHour: 300)
        var schedule = schedule(targets: 40, limits)
        let polled = schedule.takeDue(now: start + .seconds(5), limit: 100).count
        #expect(polled == 9)
        let outcomes = (0..<40).map { schedule.takeProbe($0, now: start + .seconds(5)) }
        #expect(outcomes.count { $0 == .taken } == 1)
        #expect(outcomes.count { $0 == .inFlight } == 9)
        #expect(outcomes.count { $0 == .outOfBudget } == 30)
    }

    @Test("of a refused credential only the target whose turn it is can be asked")
    func refused() {
        var schedule = schedule(targets: 3)
        for target in 0..<3 {
            #expect(schedule.takeProbe(target, now: start) == .taken)
            _ = schedule.finish(target, .refused, now: start)
        }
        let later = start + .seconds(1)
        #expect((0..<3).map { schedule.takeProbe($0, now: later) } == [.taken, .parked, .parked])
        _ = schedule.finish(0, .quiet, now: later)
        #expect(schedule.takeProbe(1, now: later) == .taken)
        #expect(schedule.takeProbe(7, now: later) == .parked, "a target that is not there")
    }
}
