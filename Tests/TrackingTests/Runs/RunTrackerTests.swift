import KoreAI
import Model
import Testing

@testable import Tracking

/// Every arrow of the diagram of ``RunTracker``, for ML replies.
struct RunTrackerTests {
    @Test(
        "the id of a training that the exporter started is that of the next run, while that is near",
        arguments: [
            // Seen queued and running; seen to run when the reply to the start came; never seen, but proven.
            ("F3tt", "W3 I3 F3", ["5d"]), ("F3tt I3", "I3 F3 I3 F3", ["5d", nil]),
            ("F3tf", "F3tt F3tf F3tt", ["5d", nil]),
            // Too short to be seen: what comes later is another.
            ("F3tt", "F3 F3 F3 F3 F3 I3 F3", ["5d"]), ("F3tt", "F3 F3 F3 F3 F3 F3 I3 F3", [nil]),
        ] as [(String, String, [String?])]
    )
    func startedIDs(before: String, after: String, ids: [String?]) {
        var training = PolledTraining(.ml, before)
        training.tracker.runs.started(id: "5d")
        training.play(after)
        #expect(training.ended.map(\.id) == ids)
    }

    @Test(
        "what the first reply shows is a state and no event",
        arguments: ["F3", "F", "X", "I", "W", "U", "F3 F3 F3", "X X", "I I", "W W", "U F3", "U X X"]
    )
    func first(script: String) {
        #expect(PolledTraining(.ml, script).counts == Counts(0, 0, 0))
    }

    @Test(
        "a run that the first reply shows under way is counted when it ends, and its duration is not known",
        arguments: [
            ("I F3", Counts(1, 0, 0)), ("I X", Counts(1, 1, 0)), ("I F", Counts(1, 0, 0)), ("I I F3", Counts(1, 0, 0)),
            ("W F3", Counts(1, 0, 0)), ("W X", Counts(1, 1, 0)),
        ]
    )
    func firstUnderWay(script: String, counts: Counts) {
        #expect(PolledTraining(.ml, script).counts == counts)
    }

    @Test("a run that the first reply shows queued is seen to begin", arguments: ["W I F3", "W W I I F"])
    func firstQueued(script: String) {
        #expect(PolledTraining(.ml, script).counts == Counts(1, 0, 1))
    }

    @Test(
        "idle to idle: nothing happened where nothing changed",
        arguments: ["F3 F3", "F F", "X X", "F3 F", "F F3", "F3 F F3", "F3 - - F3", "F3 U F3", "F3 F U F3"]
    )
    func nothing(script: String) {
        #expect(PolledTraining(.ml, script).counts == Counts(0, 0, 0))
    }

    @Test(
        "idle to idle: another outcome, a flag that turned true or a version that rose prove one run",
        arguments: [
            ("F3 X", Counts(1, 1, 0)), ("X F3", Counts(1, 0, 0)), ("F X F X", Counts(3, 2, 0)),
            ("Ff Ft", Counts(1, 0, 0)), ("F3f F3t", Counts(1, 0, 0)), ("Fff Ftt", Counts(1, 0, 0)),
            // A component that was changed meanwhile stays out of sync.
            ("Fff Fft", Counts(1, 0, 0)), ("Fff Fft Ftt", Counts(2, 0, 0)), ("Fft Ftf", Counts(1, 0, 0)),
            ("F3 F4", Counts(1, 0, 0)), ("F3 U F4", Counts(1, 0, 0)), ("F3 F F5", Counts(1, 0, 0)),
            // All proof between two polls is one run.
            ("F3 F9", Counts(1, 0, 0)), ("F3 F103", Counts(1, 0, 0)), ("F3f F9t", Counts(1, 0, 0)),
            ("Xf Ft", Counts(1, 0, 0)), ("X3f F9t", Counts(1, 0, 0)), ("Ff Xt", Counts(1, 1, 0)),
            ("F3 X F4", Counts(2, 1, 0)), ("X X F3 F4", Counts(2, 0, 0)),
        ]
    )
    func unseen(script: String, counts: Counts) {
        #expect(PolledTraining(.ml, script).counts == counts)
    }

    @Test(
        "flags prove nothing that stay true, turn false, are new, or come back as they were",
        arguments: [
            "Ft Ft", "Ft Ff", "Ff Ff", "F Ft", "F Ff", "Ff F Ff", "Ft F Ft", "Ft. Ft.", "Ft. Ftt", "Ff. Fft",
            "F3t F3t", "F3f U3f F3f",
        ]
    )
    func noProof(script: String) {
        #expect(PolledTraining(.ml, script).counts == Counts(0, 0, 0))
    }

    @Test(
        "a flag is compared with what it was when it was last told",
        arguments: ["Ff F Ft", "Ff - F - Ft", "Ff. F.t Ft.", "Ff Ut F", "Ff U Ut U F", "Ff Uf Ft"]
    )
    func flagsLeftOut(script: String) {
        #expect(PolledTraining(.ml, script).counts == Counts(1, 0, 0))
    }

    @Test("where the platform still says failed, and a flag or a version proves a success, the last outcome is unknown")
    func successBehindFailure() {
        for script in ["Xf Xt", "X3 X4"] {
            let training = PolledTraining(.ml, script)
            #expect(training.counts == Counts(1, 0, 0))
            #expect(training.ended.map(\.outcome) == [.unknown])
            #expect(training.tracker.runs.lastSuccess == nil)
        }
    }

    @Test(
        "idle to queued or running, queued to running, running to idle: one run with a duration",
        arguments: [
            ("F3 I F4", Counts(1, 0, 1)), ("F3 W I F4", Counts(1, 0, 1)), ("F3 I I I F4", Counts(1, 0, 1)),
            ("F3 I X", Counts(1, 1, 1)), ("F3 W W I I X X", Counts(1, 1, 1)), ("X I X", Counts(1, 1, 1)),
            ("X I F3", Counts(1, 0, 1)), ("F3 I F4 I F5 F5", Counts(2, 0, 2)), ("F3 I X I F4", Counts(2, 1, 2)),
            ("F I F", Counts(1, 0, 1)), ("F3 I F F4", Counts(1, 0, 1)), ("F3 - I - F4", Counts(1, 0, 1)),
        ]
    )
    func seen(script: String, counts: Counts) {
        #expect(PolledTraining(.ml, script).counts == counts)
    }

    @Test(
        "queued to idle: it began and ended unseen, whatever the version says",
        arguments: [
            ("F3 W F4", Counts(1, 0, 0)), ("F3 W F3", Counts(1, 0, 0)), ("F3 W W F3 F3", Counts(1, 0, 0)),
            ("F3 W X", Counts(1, 1, 0)), ("X W X", Counts(1, 1, 0)), ("X W F3", Counts(1, 0, 0)),
            ("F3 W F", Counts(1, 0, 0)), ("F3 W F F4", Counts(1, 0, 0)),
            ("F3 W F3 F4", Counts(2, 0, 0)), ("F3 W F3 W I F4", Counts(2, 0, 1)),
            ("F3t W Ft", Counts(1, 0, 0)), ("F3f Wf F3t", Counts(1, 0, 0)),
        ]
    )
    func queuedToIdle(script: String, counts: Counts) {
        #expect(PolledTraining(.ml, script).counts == counts)
    }

    @Test("running to queued: it goes on being one run, whose duration nobody knows any more")
    func putBack() {
        #expect(PolledTraining(.ml, "F3 I W I F4").counts == Counts(1, 0, 0))
        #expect(PolledTraining(.ml, "F3 I W F4").counts == Counts(1, 0, 0))
        #expect(PolledTraining(.ml, "F3 I W I F4 I F5").counts == Counts(2, 0, 1))
        #expect(PolledTraining(.ml, "F3 I W I F9").counts == Counts(1, 0, 0))
    }

    @Test(
        "proof that comes while something is under way is that of the run under way, which is counted once, at its end",
        arguments: [
            // The flags or the version change with the end, before it, and already where it is first seen running.
            "F3f If If F3t", "F3f If It F3t", "F3f It It F3t", "F3f It I Ft", "Fff Ift Itt Ftt", "Fff If I Fft",
            "F3 I3 I3 F4", "F3 I3 I4 F4", "F3 I4 I4 F4", "F3f I4t F4t", "F3f I3t I4t F4t", "F3f If It F4t",
            // A component that was changed meanwhile.
            "Fft If If Ftf", "Ff If It If Ff",
        ]
    )
    func proofUnderWay(script: String) {
        let training = PolledTraining(.ml, script)
        #expect(training.counts == Counts(1, 0, 1))
        #expect(training.ended.first?.end == training.tracker.runs.lastCompletion)
    }

    @Test(
        "what the reply that shows an end leaves out is proof of that same run when it is told later",
        arguments: [
            "Fff If F.t Ftt", "Fff I F Ftt", "F3 I F F4", "F3 I F F F4 F4", "F3f W F F4t", "F3f I Ft F4", "X3f F F4t",
            "Xff If X.f Xtf", "X3 I X X4", "U3f F F4t U",
        ]
    )
    func toldLate(script: String) {
        let isFirst = script.hasPrefix("U")
        #expect(PolledTraining(.ml, script).counts.ended == (isFirst ? 0 : 1))
        #expect(PolledTraining(.ml, script + " I F9").counts.ended == (isFirst ? 1 : 2))
    }

    @Test("what the reply that shows an end tells as it was proves another run when it changes")
    func toldAtTheEnd() {
        #expect(PolledTraining(.ml, "F3 I F3 F4").counts.ended == 2)
        #expect(PolledTraining(.ml, "Ff If Ff Ft").counts.ended == 2)
        #expect(PolledTraining(.ml, "Xff If Xff Xtf").ended.map(\.outcome) == [.failed, .unknown])
    }

    @Test(
        "a run that fails is one run, also where its flags turned true while it ran",
        arguments: ["Ff It Xf", "Ff If Xt"]
    )
    func failureWithFlags(script: String) {
        #expect(PolledTraining(.ml, script).counts == Counts(1, 1, 1))
    }

    @Test("a version that rises a second time while something runs proves that one run ended and another began")
    func secondRise() {
        #expect(PolledTraining(.ml, "F3 I3 I4 F5").counts == Counts(2, 0, 0))
        #expect(PolledTraining(.ml, "F3 I3 I4 X5").counts == Counts(2, 1, 0))
        #expect(PolledTraining(.ml, "F3 I4 I5 I5 F5").counts == Counts(2, 0, 0))
        #expect(PolledTraining(.ml, "F3 I4 I5 I6 F7 F7").counts == Counts(4, 0, 0))
        #expect(PolledTraining(.ml, "F3 I4 U5 F5").counts == Counts(2, 0, 0))
        let running = PolledTraining(.ml, "F3 I4 I5")
        #expect(running.ended.map(\.outcome) == [.success])
        #expect(running.tracker.runs.lastStart == .at(20))
    }

    @Test("a version that rose is one run, by however much it rose")
    func sixRises() {
        let training = PolledTraining(.ml, "F3 I F9")
        #expect(training.counts == Counts(1, 0, 1))
        #expect(training.ended.map(\.duration) == [10_000])
        #expect(PolledTraining(.ml, "F3 W I F9 F15").counts == Counts(2, 0, 1))
    }

    @Test(
        "an unknown status neither ends a run nor begins one",
        arguments: ["F3 I U F4", "F3 U I U U F4", "F3 U W U I F4", "F3 U4 I F4", "F3f I Ut F4t"]
    )
    func unknown(script: String) {
        let training = PolledTraining(.ml, script)
        #expect(training.counts == Counts(1, 0, 1))
        #expect(PolledTraining(.ml, script + " U").tracker.status == .unknown)
    }

    @Test(
        "with versions that are constant or absent, runs are told all the same",
        arguments: [
            ("F3f F3f I3f F3t F3t", Counts(1, 0, 1)), ("Ff If Ft", Counts(1, 0, 1)),
            ("F3 I F3 F3 F3 F3", Counts(1, 0, 1)),
            ("F3 W I I F3 F3 I F3 I X", Counts(3, 1, 3)), ("F I F F F W F", Counts(2, 0, 1)),
            ("F3 I F3 I F3 I F3", Counts(3, 0, 3)), ("F3 I X3 X3 F3 X3", Counts(3, 2, 1)),
        ]
    )
    func constantVersion(script: String, counts: Counts) {
        #expect(PolledTraining(.ml, script).counts == counts)
    }

    @Test("the versions stay shown while replies leave them out")
    func versionsStay() {
        var tracker = TrainingTracker(engine: .ml)
        _ = tracker.observe(MLTrainingReply(status: .finished, nlpVersion: 3, trainVersion: 2), at: .at(0))
        for (seconds, status) in [(10, .inProgress), (20, .failed), (30, .unknown)] as [(Int64, TrainingStatus)] {
            _ = tracker.observe(MLTrainingReply(status: status), at: .at(seconds))
            #expect(tracker.nlpVersion == 3)
            #expect(tracker.runs.version == 2)
        }
        _ = tracker.observe(MLTrainingReply(status: .finished, nlpVersion: 4, trainVersion: 3), at: .at(40))
        #expect(tracker.nlpVersion == 4)
        #expect(tracker.runs.version == 3)
    }
}
