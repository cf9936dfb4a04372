import KoreAI
import Model
import Testing

@testable import Tracking

/// Every arrow of the diagram of ``JobTracker``.
struct JobTrackerTests {
    @Test(
        "what the first reply shows is a state and no event",
        arguments: ["aSc0m5", "aX", "aI", "aP", "aU", "S", "aI aI aP", "aSc0m5 aSc0m5", "aX - aX", "aU aS", "aU aI"]
    )
    func first(script: String) {
        #expect(PolledExport(script).counts == Counts(0, 0, 0))
    }

    @Test(
        "running to ended: the job is counted once, however often its end is repeated",
        arguments: [
            ("aI aS", Counts(1, 0, 0)), ("aP aI aX", Counts(1, 1, 0)), ("aIc0 aSc0m8 aSc0m8", Counts(1, 0, 1)),
            ("aIc0 - aXc0m8 - aXc0m8", Counts(1, 1, 1)), ("I S S", Counts(1, 0, 0)),
            ("aI aU aS aU aS", Counts(1, 0, 0)),
        ]
    )
    func ended(script: String, counts: Counts) {
        #expect(PolledExport(script).counts == counts)
    }

    @Test(
        "ended to another job that has ended: it is counted, and only the platform knows how long it took",
        arguments: [
            ("aS bS", Counts(1, 0, 0)), ("aS bX bX", Counts(1, 1, 0)), ("aSc0m2 bSc3m8", Counts(1, 0, 1)),
            ("aSc0m2 bSc3m8 cXc14m19", Counts(2, 1, 2)), ("aSc0 aSc5", Counts(1, 0, 0)), ("aSr0 aSr5", Counts(1, 0, 0)),
        ]
    )
    func unseen(script: String, counts: Counts) {
        #expect(PolledExport(script).counts == counts)
    }

    @Test(
        "ended to another job that is running: it is counted when it ends",
        arguments: [
            ("aS bI", Counts(0, 0, 0)), ("aS bI bS", Counts(1, 0, 1)), ("aS bP bI bI bX", Counts(1, 1, 1)),
            ("aSc0m2 bIc3m3 bSc3m19", Counts(1, 0, 1)),
        ]
    )
    func begins(script: String, counts: Counts) {
        #expect(PolledExport(script).counts == counts)
    }

    @Test("a job that ends has its id, and its reason where it failed")
    func ids() {
        var export = PolledExport("aI bI")
        export.poll(MLExportReply(status: .failed, id: "b", reason: "Zip: FAILED"), at: .at(40))
        #expect(export.ended.map(\.id) == ["a", "b"])
        #expect(export.ended.map(\.reason) == [nil, "Zip: FAILED"])
    }

    @Test("running to another job: the first one ended unseen, and nobody knows how")
    func replaced() {
        #expect(PolledExport("aI bI").ended.map(\.outcome) == [.unknown])
        #expect(PolledExport("aI bS").ended.map(\.outcome) == [.unknown, .success])
        #expect(PolledExport("aI bX").ended.map(\.outcome) == [.unknown, .failed])
        #expect(PolledExport("aI bI bS").ended.map(\.outcome) == [.unknown, .success])
        #expect(PolledExport("aI bX").counts == Counts(2, 1, 0))
        #expect(PolledExport("xS aI bI bS").counts == Counts(2, 0, 2))
    }

    @Test(
        "an id that is used again with a newer requestedTime is another job",
        arguments: [
            ("aSc0m1r0 aIc0m1r8 aSc0m1r8", Counts(1, 0, 1)), ("aSc0m1r0 aSc0m1r8", Counts(1, 0, 0)),
            ("aSc0m1r0 aSc0m9r8", Counts(1, 0, 1)), ("aIc0m0r0 aIc0m0r8", Counts(1, 0, 0)),
            ("aSc0m1r0 aSc0m1r8 aXc0m1r18 aXc0m1r18", Counts(2, 1, 0)),
            ("aSc0m1r0 aIc5m5r5 aSc5m15r5", Counts(1, 0, 1)),
        ]
    )
    func reused(script: String, counts: Counts) {
        #expect(PolledExport(script).counts == counts)
    }

    @Test(
        "a field that a reply leaves out does not make another job",
        arguments: [
            "aIc0r1 aI aSc0", "aIc0r1 I S", "I aIc0 aIr1 aSc0r1", "aIc0 r1S aSc0r1", "aIc0r1 aI r1I c0I aS aS S",
        ]
    )
    func leftOut(script: String) {
        #expect(PolledExport(script).counts.ended == 1)
    }

    @Test("what one reply told of the job is remembered when others leave it out")
    func remembered() {
        #expect(PolledExport("aSc0r1 aS aS aSc0r9").counts == Counts(1, 0, 0))
        #expect(PolledExport("aS r1S aSr9").counts == Counts(1, 0, 0))
    }

    @Test("ended to running, the same job: it runs again where lMod moved on or is not told")
    func runsAgain() {
        #expect(PolledExport("aSc0m5 aIc0m9 aSc0m18").counts == Counts(1, 0, 1))
        #expect(PolledExport("aIc0m1 aXc0m5 aIc0m12 aSc0m25").counts == Counts(2, 1, 2))
        #expect(PolledExport("aX aI aS").counts == Counts(1, 0, 1))
    }

    @Test(
        "a reply from before the job's end changes nothing, however often it is repeated",
        arguments: [
            "aIc0m1 aSc0m9 aIc0m1 aSc0m9", "aIc0m1 aSc0m9 aIc0m9 aSc0m9",
            "aIc0m1 aSc0m9 aIc0m1 aIc0m1 aIc0m1 aIc0m1 aSc0m9",
            "aIc0m1 aSc0m9 aIc0m1 aIc0m2 aIc0m3 aIc0m4 aIc0m5 aSc0m9",
        ]
    )
    func fromBefore(script: String) {
        #expect(PolledExport(script).counts == Counts(1, 0, 1))
    }

    @Test("an end from before the job ran again does not end it")
    func endBeforeRunningAgain() {
        #expect(PolledExport("aXc0m5 aIc0m12 aXc0m5 aIc0m22").counts == Counts(0, 0, 0))
        #expect(PolledExport("aXc0m5 aIc0m12 aXc0m5 aIc0m22 aSc0m38").counts == Counts(1, 0, 1))
        #expect(PolledExport("aXc0m5 aIc0m12 aXc0m5 aXc0m5 aXc0m5").counts == Counts(1, 1, 1))
    }

    @Test(
        "ended to ended, the same job: no event, whatever else changed",
        arguments: ["aSc0m5 aSc0m9", "aXc0m5 aSc0m9"]
    )
    func changed(script: String) {
        #expect(PolledExport(script).counts == Counts(0, 0, 0))
    }

    @Test(
        "a reply about an earlier job changes nothing",
        arguments: [
            ("aSc0 bSc9 aSc0 bSc9", Counts(1, 0, 0)), ("bSc9 aIc0 bSc9", Counts(0, 0, 0)),
            ("aSr0 aSr9 aSr0 aSr9", Counts(1, 0, 0)), ("aSc0 bIc9 aSc0 aSc0 bSc9m38", Counts(1, 0, 1)),
            ("bIc9 aUc0 aUc0 aUc0 bSc9", Counts(1, 0, 0)),
        ]
    )
    func earlier(script: String, counts: Counts) {
        #expect(PolledExport(script).counts == counts)
    }

    @Test("the third reply about an earlier job is believed, and its end is not counted")
    func earlierBelieved() {
        #expect(PolledExport("bSc9 aSc0 aSc0 aSc0").counts == Counts(0, 0, 0))
        #expect(PolledExport("bSc9 aSc0 aSc0").tracker.reply?.id == "b")
        #expect(PolledExport("bSc9 aSc0 aSc0 aSc0").tracker.reply?.id == "a")
        #expect(PolledExport("bSc9 aIc0 aIc0 aIc0 aIc0 aSc0").counts == Counts(0, 0, 0))
        #expect(PolledExport("aIc0 aSc0 bSc9 aIc0 aIc0 aIc0 bSc9 bSc9").counts == Counts(3, 0, 0))
        #expect(PolledExport("bSc9 aSc0 aSc0 aSc0 dSc5").counts == Counts(1, 0, 0))
    }

    @Test("an earlier job that is believed and goes on is counted when it ends")
    func earlierGoesOn() {
        #expect(PolledExport("bSc9m9 aIc0m2 aIc0m2 aIc0m2 aIc0m4 aSc0m9").counts.ended == 1)
    }

    @Test("times that contradict each other make a new job, not an old one")
    func contradictory() {
        // A requestedTime of years ahead, as in the documented sample, must not make what comes later look old.
        #expect(PolledExport("aSc0m1r90000000 bSc15m16r15").counts == Counts(1, 0, 1))
        #expect(PolledExport("aSc5r5 bSc0r9").counts == Counts(1, 0, 0))
    }

    @Test("an unknown status changes nothing, and is shown", arguments: ["aI aU", "aI bU", "aS bU bU"])
    func unknown(script: String) {
        let export = PolledExport(script)
        #expect(export.counts == Counts(0, 0, 0))
        #expect(export.tracker.reply?.status == .unknown)
    }
}
