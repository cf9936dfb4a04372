import Exposition
import KoreAI
import Model
import Testing

@testable import Tracking

/// Numbers and times that no platform should send, and clocks that no machine should have.
struct RunExtremesTests {
    private static let extremes: [Int64] = [.min, .min + 1, -1, 0, 1, 1_700_000_000_000, .max - 1, .max]

    @Test(
        "no version, time or clock stops the tracker, and nothing negative comes of it",
        arguments: extremes,
        extremes
    )
    func neverTraps(first: Int64, second: Int64) {
        for third in Self.extremes {
            for engine in Engine.allCases {
                var training = PolledTraining(engine)
                for (number, status) in zip(
                    [first, second, third, second, first, third],
                    [.finished, .inProgress, .inProgress, .finished, .queued, .failed] as [TrainingStatus]
                ) {
                    let moment = ClockReading(
                        wall: Timestamp(milliseconds: third),
                        uptime: second,
                        boot: UInt64(truncatingIfNeeded: number)
                    )
                    training.poll(status, version: number, modifiedOn: Timestamp(milliseconds: number), at: moment)
                }
                #expect(training.ended.allSatisfy { ($0.duration ?? 0) >= 0 && $0.bound >= 0 })
                #expect(training.tracker.totals.durations.sum >= 0)
            }
        }
    }

    @Test("a version at the end of its range is compared as any other")
    func versions() {
        var training = PolledTraining()
        training.poll(.finished, version: .max - 1)
        training.poll(.inProgress)
        training.poll(.finished)
        training.poll(.finished, version: .max)
        #expect(training.counts.ended == 1)
        var lowest = PolledTraining()
        lowest.poll(.finished, version: .min)
        lowest.poll(.finished, version: .max)
        #expect(lowest.counts.ended == 1)
    }

    @Test("a span counts back from its end, as far as times go")
    func spans() {
        #expect(Span(after: .at(10), until: .at(20)).middle == .at(15))
        #expect(Span(after: .at(20), until: .at(10)).middle == .at(10))
        let start = ClockReading(wall: Timestamp(milliseconds: .min), uptime: 0, boot: 1)
        let end = ClockReading(wall: Timestamp(milliseconds: .min), uptime: .max, boot: 1)
        #expect(Span(after: start, until: end).middle == Timestamp(milliseconds: .min))
        #expect(Span(after: start, until: end).mayHold(Timestamp(milliseconds: .min), skew: 1))
        #expect(!Span(after: start, until: end).mayHold(Timestamp(milliseconds: .max), skew: 1))
    }

    @Test("a moment before the other has no distance from it")
    func moments() {
        #expect(ClockReading.at(20).milliseconds(since: .at(5)) == 15_000)
        #expect(ClockReading.at(5).milliseconds(since: .at(5)) == 0)
        #expect(ClockReading.at(5).milliseconds(since: .at(20)) == nil)
        let rebooted = ClockReading(wall: .at(20), uptime: 3, boot: 2)
        #expect(rebooted.milliseconds(since: .at(5)) == 15_000)
        #expect(rebooted.milliseconds(since: .at(21)) == nil)
    }
}
