import KoreAI
import Model
import Testing

@testable import Tracking

/// Training replies that are older than the one before.
struct OlderReplyTests {
    @Test(
        "a reply with a lower version changes nothing",
        arguments: [
            ("F3 F4 F3 F4", Counts(1, 0, 0)), ("F4 F3 F4", Counts(0, 0, 0)), ("F4 F3 F3 F4", Counts(0, 0, 0)),
            ("F4 I F3 I F5", Counts(1, 0, 1)), ("F4 W F3 W I F3 F3 I F5", Counts(1, 0, 1)),
            ("F4 I F5 F4 F4 F5 F4", Counts(1, 0, 1)),
        ]
    )
    func lowerVersion(script: String, counts: Counts) {
        #expect(PolledTraining(.ml, script).counts == counts)
    }

    @Test(
        "a reply with the same version is never taken for an old one",
        arguments: [
            ("F3 F4 I F4", Counts(2, 0, 1)), ("F3 F4 X F4 X", Counts(4, 2, 0)), ("F3 F4 I F4 I F5", Counts(3, 0, 2)),
            ("F3 F4 I X F4", Counts(3, 1, 1)),
        ]
    )
    func sameVersion(script: String, counts: Counts) {
        #expect(PolledTraining(.ml, script).counts == counts)
    }

    @Test("a version that fell is another model's: a state, no event, whatever its flags and outcome are")
    func fallen() {
        for script in ["F9f F2t F2t F2t F2t", "F9 X2 X2 X2", "X9f F2t F2t F2t"] {
            #expect(PolledTraining(.ml, script).counts == Counts(0, 0, 0), "\(script)")
        }
        #expect(PolledTraining(.ml, "F9 F2 F2 F2").tracker.runs.version == 2)
        #expect(PolledTraining(.ml, "F9 F2 F2").tracker.runs.version == 9)
    }

    @Test("flags of a server that lags behind, which its lower version gives away, prove no run")
    func oldFlags() {
        #expect(PolledTraining(.ml, "F3f F4t F3f F4t F3f F3f F4t").counts == Counts(1, 0, 0))
        #expect(PolledTraining(.ml, "F3f F4t F3f F4t").tracker.drifts.drifts.map(\.count) == [0])
    }

    @Test(
        "a reply with an earlier modifiedOn changes nothing",
        arguments: [
            ("F@90 F@80 F@90", Counts(0, 0, 0)), ("F@90 X@80 F@90", Counts(0, 0, 0)),
            ("F@90 I@95 F@90 I@95 F@130", Counts(1, 0, 1)), ("F@90 I@95 F@120 I@95 I@95 F@120", Counts(1, 0, 1)),
            ("F@90 X@95 F@90 X@95", Counts(1, 1, 0)),
        ]
    )
    func earlierTime(script: String, counts: Counts) {
        #expect(PolledTraining(.faq, script).counts == counts)
    }

    @Test(
        "the third older reply is a new beginning, and no event",
        arguments: [
            (.ml, "F9 F2 F2 F2", "F3"), (.ml, "F9 I9 I2 I2 I2 I2", "F3"), (.ml, "F9 W9 F2 F2 F2", "F3"),
            (.faq, "F@90 F@50 F@50 F@50", "F@60"), (.faq, "F@90 X@50 X@50 X@50", "X@60"),
        ] as [(Engine, String, String)]
    )
    func replaced(engine: Engine, script: String, next: String) {
        var training = PolledTraining(engine, script)
        #expect(training.counts == Counts(0, 0, 0))
        training.play(next)
        #expect(training.counts.ended == 1)
    }

    @Test(
        "a run that was seen running has ended when the model is replaced",
        arguments: [
            (.ml, "F9 I F2 F2", "F2"), (.faq, "F@90 I@95 F@50 F@50", "F@50"),
        ] as [(Engine, String, String)]
    )
    func replacedWhileRunning(engine: Engine, script: String, third: String) {
        var training = PolledTraining(engine, script)
        #expect(training.counts == Counts(0, 0, 0))
        training.play(third)
        #expect(training.counts == Counts(1, 0, 1))
    }

    @Test("a new beginning sets the gauges as the first reply does")
    func replacedGauges() {
        let training = PolledTraining(.faq, "F@90 X@50 X@50 X@50")
        #expect(training.tracker.runs.lastCompletion == .at(50))
        #expect(training.tracker.runs.lastSuccess == .at(90))
        #expect(training.tracker.status == .failed)
    }

    @Test("nothing of an older reply is shown: neither status nor versions nor flags")
    func notShown() {
        var tracker = TrainingTracker(engine: .ml)
        let new = MLTrainingReply(
            status: .finished,
            syncFlags: [SyncFlag(component: "traits", inSync: true)],
            nlpVersion: 4,
            trainVersion: 4
        )
        let old = MLTrainingReply(
            status: .finished,
            syncFlags: [SyncFlag(component: "traits", inSync: false)],
            nlpVersion: 3,
            trainVersion: 3
        )
        _ = tracker.observe(new, at: .at(0))
        let before = tracker.drifts
        _ = tracker.observe(old, at: .at(10))
        #expect(tracker.runs.version == 4)
        #expect(tracker.nlpVersion == 4)
        #expect(tracker.drifts == before)

        var running = PolledTraining(.ml, "F4 I F3")
        #expect(running.tracker.status == .inProgress)
        running.play("U3")
        #expect(running.tracker.status == .inProgress)
        running.play("U")
        #expect(running.tracker.status == .unknown)
    }
}
