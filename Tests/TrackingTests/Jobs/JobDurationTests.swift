import Exposition
import KoreAI
import Model
import Testing

@testable import Tracking

/// How long export jobs took, and when they began and ended.
struct JobDurationTests {
    @Test("the platform's own times give the exact duration")
    func exact() {
        let exact = EndedRun(outcome: .success, start: .at(3), end: .at(28), duration: 25_000, bound: 0, id: "b")
        #expect(PolledExport("aSc0m1 bIc3m3 bIc3m13 bSc3m28").ended == [exact])
        // Also of one that the very first reply showed running, or that nobody saw running.
        #expect(PolledExport("bIc3m3 bIc3m13 - bSc3m28").ended == [exact])
        #expect(PolledExport("aSc0m1 - - bSc3m28").ended == [exact])
    }

    @Test("without them the middle between the polls is the duration, and half of what lies between the bound")
    func polls() {
        #expect(
            PolledExport("aS bI bI bS").ended == [
                EndedRun(outcome: .success, start: .at(5), end: .at(25), duration: 20_000, bound: 10_000, id: "b")
            ]
        )
        #expect(
            PolledExport("aS bI bI cI").ended == [
                EndedRun(outcome: .unknown, start: .at(5), end: .at(25), duration: 20_000, bound: 10_000, id: "b")
            ]
        )
        #expect(PolledExport("bI bI bS").ended.map(\.duration) == [nil])
        #expect(PolledExport("aS bS").ended.map(\.duration) == [nil])
    }

    @Test(
        "times that the polls contradict are not believed",
        arguments: [
            // Another job's times: those of the job before it, as in the documented sample.
            "aSc-90m-80r-90 aIc-90m-80r5 aIc-90m-80r5 aSc-90m-80r5",
            // Too long, too short, and the wrong way round.
            "aS bIc-900 bIc-900 bSc-900m25", "aS bIc5 bIc5 bSc5m7", "aS bIc5 bIc5 bSc5m1",
        ]
    )
    func contradicted(script: String) {
        let run = PolledExport(script).ended.first
        #expect(run?.duration == 20_000)
        #expect(run?.bound == 10_000)
    }

    @Test("a job that runs again took the time of its second run")
    func again() {
        #expect(PolledExport("aXc-900m-800 aIc-900m4 aIc-900m14 aSc-900m25").ended.map(\.duration) == [20_000])
        #expect(PolledExport("aXc1m5 aIc1m9 aSc1m18").ended.map(\.duration) == [10_000])
    }

    @Test("clocks that differ or jump do not spoil an exact duration")
    func skew() {
        #expect(PolledExport("aS bIc90003 bSc90003m90018").ended.map(\.duration) == [15_000])
        var export = PolledExport("aSc0m1 bIc3m3")
        let jumped = ClockReading(wall: .at(-86_400), uptime: 20_000, boot: 1)
        export.poll(MLExportReply(status: .success, id: "b", createdOn: .at(3), lastModified: .at(18)), at: jumped)
        #expect(export.ended.map(\.duration) == [15_000])
    }

    @Test("lMod is cut to whole seconds on some calls: the polls do not contradict that")
    func rounded() {
        #expect(PolledExport("aS bIc1 bIc1 bSc1m10").ended.map(\.duration) == [9000])
    }

    @Test(
        "the last duration is that of the last job that ended, also where the first reply showed it",
        arguments: [
            ("aSc0m5", 5000), ("aSc0m5 aSc0m5", 5000), ("aI", nil), ("aS", nil), ("aSc0m5 bIc7m7", 5000),
            ("aSc0m5 bIc7m7 bSc7m19", 12_000), ("aSc0m5 bS", nil), ("aIc0m0 aSc0m9 bI", 9000), ("aIc0 bI", nil),
            ("bSc9m15 aSc0m5", 6000), ("bSc9m15 aSc0m5 aSc0m5 aSc0m5", 6000),
        ] as [(String, Int64?)]
    )
    func last(script: String, duration: Int64?) {
        #expect(PolledExport(script).tracker.lastDuration == duration)
    }

    private static let extremes: [Int64] = [.min, .min + 1, -1, 0, 1, 1_700_000_000_000, .max - 1, .max]

    @Test("no time and no clock stops the tracker, and nothing negative comes of it", arguments: extremes, extremes)
    func neverTraps(first: Int64, second: Int64) {
        for third in Self.extremes {
            var export = PolledExport()
            let times = [first, second, third, third, second, first, second]
            let statuses: [JobStatus] = [.inProgress, .success, .inProgress, .failed, .pending, .success, .success]
            for (position, status) in statuses.enumerated() {
                let reply = MLExportReply(
                    status: status,
                    id: position < 4 ? "a" : nil,
                    createdOn: Timestamp(milliseconds: times[position]),
                    lastModified: Timestamp(milliseconds: times[6 - position]),
                    requestedTime: position == 2 ? nil : Timestamp(milliseconds: second)
                )
                let wall = Timestamp(milliseconds: times[(position + 2) % 7])
                export.poll(reply, at: ClockReading(wall: wall, uptime: third, boot: UInt64(position / 3)))
            }
            #expect(export.ended.allSatisfy { ($0.duration ?? 0) >= 0 && $0.bound >= 0 })
            #expect(export.tracker.totals.durations.sum >= 0)
        }
    }
}
