import Exposition
import KoreAI
import Model
import Testing

@testable import Tracking

/// How long ML runs took, and when they began and ended.
struct RunDurationTests {
    @Test("the duration is the middle of what the polls allow, and the bound half of its width")
    func middle() throws {
        var training = PolledTraining()
        training.poll(.finished, version: 1, at: .at(100))
        training.poll(.inProgress, at: .at(110))
        training.poll(.inProgress, at: .at(130))
        training.poll(.finished, version: 2, at: .at(160))
        // It began between 100 and 110 and ended between 130 and 160: 20 to 60 seconds.
        let run = try #require(training.ended.first)
        #expect(run == EndedRun(outcome: .success, start: .at(105), end: .at(145), duration: 40_000, bound: 20_000))
        #expect(training.tracker.runs.lastStart == .at(110))
        #expect(training.tracker.runs.lastCompletion == .at(145))
        #expect(training.tracker.runs.lastSuccess == .at(145))
        #expect(training.tracker.totals.durations.sum == 40)
        #expect(training.tracker.totals.last == run)
    }

    @Test("what lies between is within the bound to the millisecond, also where halves do not come out even")
    func odd() throws {
        for (start, end) in [(0, 3), (1, 8), (5, 6), (3, 3)] as [(Int64, Int64)] {
            var training = PolledTraining()
            training.poll(.finished, version: 1, at: ClockReading(wall: .at(0), uptime: 0, boot: 1))
            training.poll(.inProgress, at: ClockReading(wall: .at(0), uptime: start, boot: 1))
            training.poll(.finished, version: 2, at: ClockReading(wall: .at(0), uptime: end, boot: 1))
            let run = try #require(training.ended.first)
            let duration = try #require(run.duration)
            #expect(duration - run.bound <= 0)
            #expect(duration + run.bound >= end)
            #expect(run.bound <= (end + 1) / 2)
        }
    }

    @Test("polls that failed and replies that were not understood widen the bound")
    func gaps() throws {
        let run = try #require(PolledTraining(.ml, "F1 U I - U F2").ended.first)
        // It began between 0 and 20 and ended between 20 and 50: up to 50 seconds.
        #expect(run.duration == 25_000)
        #expect(run.bound == 25_000)
    }

    @Test("a run that nobody saw has an end and no start and no duration")
    func unseen() throws {
        let training = PolledTraining(.ml, "F1 F2")
        let run = try #require(training.ended.first)
        #expect(run == EndedRun(outcome: .success, start: nil, end: .at(5), duration: nil, bound: 0))
        #expect(training.tracker.runs.lastStart == nil)
        #expect(training.tracker.totals.last == nil)
    }

    @Test("the last duration stays that of the last run that was seen to start and end")
    func lastKnown() {
        let training = PolledTraining(.ml, "F1 I F2 F3 X")
        #expect(training.counts == Counts(3, 1, 1))
        #expect(training.tracker.totals.last?.duration == 10_000)
        #expect(training.tracker.runs.lastCompletion == .at(35))
        #expect(training.tracker.runs.lastSuccess == .at(25))
    }

    @Test(
        "the wall clock may jump during a run: the uptime tells its duration",
        arguments: [-86_400, -15, 7, 86_400 * 365]
    )
    func wallJumps(jump: Int64) throws {
        var training = PolledTraining()
        training.poll(.finished, version: 1, at: .at(0))
        training.poll(.inProgress, at: .at(10))
        training.poll(.inProgress, at: ClockReading(wall: .at(60 + jump), uptime: 60_000, boot: 1))
        training.poll(.finished, version: 2, at: ClockReading(wall: .at(70 + jump), uptime: 70_000, boot: 1))
        let run = try #require(training.ended.first)
        #expect(run.duration == 60_000)
        #expect(run.bound == 10_000)
        #expect(run.end == .at(65 + jump))
    }

    @Test("across a restart of the machine the wall clock tells the duration")
    func reboot() throws {
        var training = PolledTraining()
        training.poll(.finished, version: 1, at: ClockReading(wall: .at(0), uptime: 900_000_000, boot: 1))
        training.poll(.inProgress, at: ClockReading(wall: .at(10), uptime: 900_010_000, boot: 1))
        training.poll(.inProgress, at: ClockReading(wall: .at(60), uptime: 5000, boot: 2))
        training.poll(.finished, version: 2, at: ClockReading(wall: .at(70), uptime: 15_000, boot: 2))
        let run = try #require(training.ended.first)
        #expect(run.duration == 60_000)
        #expect(run.bound == 10_000)
    }

    @Test("a wall clock that goes back over a restart of the machine leaves the duration unknown, and the run counted")
    func contradictoryReboot() throws {
        var training = PolledTraining()
        training.poll(.finished, version: 1, at: ClockReading(wall: .at(3600), uptime: 900_000_000, boot: 1))
        training.poll(.inProgress, at: ClockReading(wall: .at(3610), uptime: 900_010_000, boot: 1))
        training.poll(.finished, version: 2, at: ClockReading(wall: .at(20), uptime: 5000, boot: 2))
        #expect(training.ended.first?.duration == nil)
        #expect(training.counts == Counts(1, 0, 0))
    }

    @Test(
        "the start is when a run was first seen running, also after it was put back",
        arguments: ["F1 I I", "F1 I W I"]
    )
    func firstSeen(script: String) {
        #expect(PolledTraining(.ml, script).tracker.runs.lastStart == .at(10))
    }

    @Test("a queued run has not started")
    func queued() {
        var training = PolledTraining(.ml, "F1 W W")
        #expect(training.tracker.runs.lastStart == nil)
        training.play("I")
        #expect(training.tracker.runs.lastStart == .at(30))
    }
}
