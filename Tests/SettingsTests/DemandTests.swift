import Scheduling
import Testing

@testable import Settings

/// What `check-config` says of a schedule, held against the schedule.
struct DemandTests {
    @Test(
        "the interval that check-config announces is the one that the schedule keeps",
        arguments: [3, 14, 19, 21, 40, 201]
    )
    func stretch(targets: Int) {
        let line = DemandLine(
            subject: "a",
            bots: 1,
            targets: targets,
            interval: .seconds(60),
            requestsPerMinute: Double(targets),
            limits: BudgetLimits()
        )
        let rhythm = Schedule.Rhythm(quiet: .seconds(60), active: .seconds(10))
        let start = ContinuousClock.now
        var schedule = Schedule(
            Array(repeating: Schedule.Member(rhythm), count: targets),
            budgets: [BudgetLimits()],
            now: start,
            seed: 1
        )
        var last = Duration.zero
        for second in 0..<3600 {
            let now = start + .seconds(second)
            for poll in schedule.takeDue(now: now, limit: 64) {
                last = schedule.finish(poll.target, .quiet, now: now)
            }
        }
        let expected = 60 * line.stretch
        #expect((expected * 0.97...expected * 1.03).contains(last / .seconds(1)))
    }
}
