import KoreAI
import Testing

@testable import Polling

struct DiscoveryScheduleTests {
    private let start = ContinuousClock.now
    private let failure = DiscoveryFailure(APIError(reason: .serverError, code: 503, message: "down"))
    private let gap = DiscoveryFailure(gap: "50 of 169 bots came")

    /// How many seconds after the last attempt the next one is due.
    private func delay(_ schedule: DiscoverySchedule, interval: Duration = .seconds(900)) -> Int? {
        (0...4000).first { schedule.isDue("a", interval: interval, now: start + .seconds($0)) }
    }

    @Test("a list is due at the start, and at each interval, also one that a reload brings")
    func interval() {
        var schedule = DiscoverySchedule()
        #expect(delay(schedule) == 0)
        #expect(schedule.ended("a", failure: nil, now: start) == nil)
        #expect(delay(schedule) == 900)
        #expect(delay(schedule, interval: .seconds(60)) == 60)
        #expect(schedule.isDue("b", interval: .seconds(900), now: start))
    }

    @Test("after a failure it is due soon, then less and less soon, and never later than the interval")
    func retries() {
        var schedule = DiscoverySchedule()
        let delays = (0..<8).map { _ in
            _ = schedule.ended("a", failure: failure, now: start)
            return delay(schedule)
        }
        #expect(delays == [30, 60, 120, 240, 480, 900, 900, 900])
        #expect(delay(schedule, interval: .seconds(1)) == 1)
        _ = schedule.ended("a", failure: nil, now: start)
        _ = schedule.ended("a", failure: gap, now: start)
        #expect(delay(schedule) == 30)
    }

    @Test("a platform that asks to be left alone is, for an hour at most")
    func retryAfter() {
        var schedule = DiscoverySchedule()
        var throttled = DiscoveryFailure(
            APIError(reason: .throttled, code: 429, message: "", retryAfter: .seconds(100))
        )
        _ = schedule.ended("a", failure: throttled, now: start)
        #expect(delay(schedule, interval: .seconds(60)) == 100)
        throttled.retryAfter = .seconds(1_000_000)
        _ = schedule.ended("a", failure: throttled, now: start)
        #expect(delay(schedule) == 3600)
    }

    @Test("a failure is told once, not with each retry, and its end too")
    func told() {
        var schedule = DiscoverySchedule()
        var told: [DiscoverySchedule.News?] = []
        for failure in [nil, failure, failure, gap, gap, nil, nil, gap] {
            told.append(schedule.ended("a", failure: failure, now: start))
        }
        #expect(told == [nil, .fails, nil, .fails, nil, .works, nil, .fails])
    }

    @Test("a list that is not whole is a reason of its own, beside those of requests")
    func reasons() {
        #expect(gap.reason == "incomplete")
        #expect(DiscoveryFailure.reasons.contains("incomplete"))
        #expect(DiscoveryFailure.reasons.count == APIError.Reason.allCases.count + 1)
        #expect(failure.reason == "server_error")
    }
}
