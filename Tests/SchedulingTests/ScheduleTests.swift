import Testing

@testable import Scheduling

struct ScheduleTests {
    private typealias Instant = ContinuousClock.Instant
    private let start = ContinuousClock.now
    private let minute = Schedule.Rhythm(quiet: .seconds(60), active: .seconds(10))
    private let plenty = BudgetLimits(perMinute: 100_000, perHour: 6_000_000)

    private func schedule(_ rhythms: [Schedule.Rhythm], seed: UInt64) -> Schedule {
        Schedule(rhythms.map { Schedule.Member($0) }, budgets: [plenty], now: start, seed: seed)
    }

    @Test("a target that was asked before waits for the rest of its interval, an overdue one does not")
    func lastPoll() {
        let start = ContinuousClock.now
        let rhythm = Schedule.Rhythm(quiet: .seconds(60), active: .seconds(10))
        func first(_ ago: Duration, wasActive: Bool = false) -> Duration? {
            let last = Schedule.LastPoll(ago: ago, wasActive: wasActive)
            let member = Schedule.Member(rhythm, lastPoll: last)
            return Schedule([member], budgets: [], now: start, seed: 1).nextDue.map { $0 - start }
        }
        #expect(first(.seconds(20)) == .seconds(40))
        #expect(first(.seconds(4), wasActive: true) == .seconds(6))
        for ago in [Duration.seconds(61), .seconds(-5), .seconds(1_000_000)] {
            #expect(first(ago) ?? .seconds(99) <= .seconds(2))
        }
    }

    @Test("first polls are spread out: no more than 250 a second, and all of them within the spread")
    func spread() {
        var schedule = self.schedule(Array(repeating: minute, count: 1000), seed: 1)
        var taken = 0
        for step in 1...40 {
            let now = start + .milliseconds(100) * step
            let due = schedule.takeDue(now: now, limit: .max)
            #expect(due.count < 60)
            taken += due.count
        }
        #expect(taken == 1000)
    }

    @Test("the spread of a few targets is two seconds, and never longer than their interval")
    func shortSpread() {
        var few = schedule([minute, minute], seed: 2)
        #expect(few.takeDue(now: start + .seconds(2), limit: .max).count == 2)
        let hasty = Schedule.Rhythm(quiet: .milliseconds(100), active: .milliseconds(100))
        var quick = schedule([hasty, hasty], seed: 2)
        #expect(quick.takeDue(now: start + .milliseconds(100), limit: .max).count == 2)
    }

    @Test("a target is not due again before its poll has ended")
    func oneAtATime() {
        var schedule = self.schedule([minute], seed: 3)
        #expect(schedule.takeDue(now: start + .seconds(2), limit: .max).map(\.target) == [0])
        #expect(schedule.takeDue(now: start + .seconds(7200), limit: .max) == [])
        #expect(schedule.nextDue == nil)
        _ = schedule.finish(0, .quiet, now: start + .seconds(7200))
        #expect(schedule.nextDue != nil)
    }

    @Test(
        "a quiet target keeps its interval to within 5%, counted from when it was due",
        arguments: 0..<20 as Range<UInt64>
    )
    func rhythm(seed: UInt64) {
        var schedule = self.schedule([minute], seed: seed)
        var previous: Instant?
        var now = start + .seconds(2)
        for round in 0..<50 {
            #expect(schedule.takeDue(now: now, limit: .max).map(\.target) == [0])
            // Every reply takes four seconds; that must not add to the interval.
            #expect(schedule.finish(0, .quiet, now: now + .seconds(4)) == .seconds(60))
            guard let next = schedule.nextDue else {
                Issue.record("no next poll")
                return
            }
            if let previous, round > 1 {
                #expect((next - previous) >= .seconds(57) && (next - previous) <= .seconds(63))
            }
            previous = next
            now = next
        }
    }

    @Test("a target that becomes active is asked at the active interval")
    func active() {
        var schedule = self.schedule([minute], seed: 4)
        var now = start + .seconds(2)
        for _ in 0..<10 {
            #expect(schedule.takeDue(now: now, limit: .max).map(\.target) == [0])
            #expect(schedule.finish(0, .active, now: now) == .seconds(10))
            let next = schedule.nextDue ?? now
            #expect(next > now && next <= now + .seconds(10.5))
            now = next
        }
    }

    @Test("what was missed is not made up for with a burst")
    func noBurst() {
        var schedule = self.schedule([minute], seed: 5)
        _ = schedule.takeDue(now: start + .seconds(2), limit: .max)
        _ = schedule.finish(0, .quiet, now: start + .seconds(2))
        let late = start + .seconds(3600)
        #expect(schedule.takeDue(now: late, limit: .max).map(\.target) == [0])
        _ = schedule.finish(0, .quiet, now: late)
        #expect(schedule.takeDue(now: late + .seconds(29), limit: .max) == [])
    }

    @Test("no more than the limit are in flight, and those that waited longest go first")
    func limit() {
        var schedule = self.schedule(Array(repeating: minute, count: 10), seed: 6)
        let now = start + .seconds(2)
        let first = schedule.takeDue(now: now, limit: 4)
        #expect(first.count == 4)
        #expect(schedule.inFlight == 4)
        #expect(schedule.takeDue(now: now, limit: 4) == [])
        _ = schedule.finish(first[0].target, .quiet, now: now)
        let second = schedule.takeDue(now: now, limit: 4)
        #expect(second.count == 1)
        #expect(!first.contains(second[0]))
    }

    @Test("the same seed gives the same schedule")
    func seed() {
        func order(_ seed: UInt64) -> [Int] {
            var schedule = self.schedule(Array(repeating: minute, count: 50), seed: seed)
            return schedule.takeDue(now: start + .seconds(2), limit: .max).map(\.target)
        }
        #expect(order(7) == order(7))
        #expect(order(7) != order(8))
    }
}
