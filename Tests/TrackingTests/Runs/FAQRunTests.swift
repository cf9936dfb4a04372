import KoreAI
import Model
import Testing

@testable import Tracking

/// Runs by FAQ replies, which tell when the status last changed.
struct FAQRunTests {
    @Test(
        "a modifiedOn that moved or another outcome shows a run that nobody saw",
        arguments: [
            ("F@1 F@1", Counts(0, 0, 0)), ("F@1 F@5", Counts(1, 0, 0)), ("X@1 X@5", Counts(1, 1, 0)),
            ("F@1 X@5", Counts(1, 1, 0)), ("F@1 X@1", Counts(1, 1, 0)), ("F X", Counts(1, 1, 0)),
            ("F F", Counts(0, 0, 0)), ("F F@5", Counts(0, 0, 0)), ("F@1 F F@1", Counts(0, 0, 0)),
            ("F@1 F F@5", Counts(1, 0, 0)), ("F@1 U@5 F@5", Counts(1, 0, 0)), ("F@1 U@5 F@1", Counts(0, 0, 0)),
        ]
    )
    func unseen(script: String, counts: Counts) {
        #expect(PolledTraining(.faq, script).counts == counts)
    }

    @Test(
        "a run that was seen running is counted, whatever the times say",
        arguments: [
            "F@1 I@8 F@15", "F@1 I@1 F@1", "F@1 I F@15", "F@1 I@8 F F@15", "F@1 I F F F@15 F@15",
            "F I F", "F@1 I@8 F", "F@1 I@8 F@8", "F@1 W@5 I@8 F@18",
        ]
    )
    func seen(script: String) {
        #expect(PolledTraining(.faq, script).counts == Counts(1, 0, 1))
    }

    @Test(
        "what was queued and then finished was a run, whether modifiedOn moved or not",
        arguments: ["F@1 W@1 F@1", "F@1 W@5 F@5", "F@1 W@5 F@18"]
    )
    func queued(script: String) {
        #expect(PolledTraining(.faq, script).counts == Counts(1, 0, 0))
    }

    @Test("a modifiedOn that moves while a run is under way shows nothing", arguments: ["F@1 I@8 I@12 I@22 F@38"])
    func touched(script: String) {
        let training = PolledTraining(.faq, script)
        #expect(training.counts == Counts(1, 0, 1))
        #expect(training.ended.first?.duration == 30_000)
    }

    @Test("a failed run has the reason that its reply told")
    func reasons() {
        var tracker = TrainingTracker(engine: .faq)
        _ = tracker.observe(FAQTrainingReply(status: .inProgress, modifiedOn: .at(1)), at: .at(1))
        let reply = FAQTrainingReply(status: .failed, modifiedOn: .at(9), reason: "no answers")
        #expect(tracker.observe(reply, at: .at(10)).map(\.reason) == ["no answers"])
    }

    @Test("the platform's own times give the exact duration")
    func exact() throws {
        let training = PolledTraining(.faq, "F@1 I@8 I@8 F@27")
        #expect(
            training.ended == [
                EndedRun(outcome: .success, start: .at(8), end: .at(27), duration: 19_000, bound: 0)
            ]
        )
        #expect(training.tracker.runs.lastCompletion == .at(27))
        #expect(training.tracker.runs.lastStart == .at(10))
    }

    @Test("a run that the very first reply shows running has a duration by the platform's times")
    func exactFromTheFirst() {
        #expect(PolledTraining(.faq, "I@-500 I@-500 F@15").ended.first?.duration == 515_000)
        #expect(PolledTraining(.faq, "I@-500 I@-500 F@15").ended.first?.bound == 0)
    }

    @Test(
        "a duration by the platform's times that the polls contradict is not believed",
        arguments: [
            // Longer than since the poll that did not yet see it running, and shorter than it was seen running.
            "F@-900 I@-800 I@-800 F@25", "F@1 I@8 I@8 I@8 I@8 F@9",
            // Ended before it began.
            "F@1 I@8 I F@8",
            // Its end did not move, and its start did not.
            "F@1 I@8 I@8 F@8", "F@1 I@1 I@1 F@25",
        ]
    )
    func contradicted(script: String) throws {
        let training = PolledTraining(.faq, script)
        let run = try #require(training.ended.first)
        let polls = Int64(script.split(separator: " ").count - 1) * 10_000
        #expect(training.ended.count == 1)
        #expect(run.duration == polls - 10_000)
        #expect(run.bound == 10_000)
    }

    @Test(
        "an absurd start leaves the duration of a run unknown that nobody saw begin",
        arguments: [
            "I@-200000000 F@5", "I@-90000 F@5", "I@0 I@0 I@0 I@0 F@4",
        ]
    )
    func absurdStart(script: String) {
        #expect(PolledTraining(.faq, script).counts == Counts(1, 0, 0))
    }

    @Test("clocks that differ by hours do not spoil an exact duration", arguments: [-40_000, 40_000] as [Int64])
    func skew(seconds: Int64) {
        let training = PolledTraining(.faq, "F@\(1 + seconds) I@\(8 + seconds) I@\(8 + seconds) F@\(27 + seconds)")
        #expect(training.ended.first?.duration == 19_000)
        #expect(training.ended.first?.bound == 0)
    }

    @Test("the end is the platform's, where it can be the one that the polls saw")
    func end() {
        #expect(PolledTraining(.faq, "F@1 F@5").tracker.runs.lastCompletion == .at(5))
        #expect(PolledTraining(.faq, "F@-9000 F@-8000").tracker.runs.lastCompletion == .at(5))
        #expect(PolledTraining(.faq, "F@1 F@90000").tracker.runs.lastCompletion == .at(5))
        #expect(PolledTraining(.faq, "F@1 I@8 F@8").tracker.runs.lastCompletion == .at(15))
    }

    @Test("the first reply's modifiedOn is when the last run ended, if it has ended")
    func first() {
        #expect(PolledTraining(.faq, "F@-70").tracker.runs.lastCompletion == .at(-70))
        #expect(PolledTraining(.faq, "F@-70").tracker.runs.lastSuccess == .at(-70))
        #expect(PolledTraining(.faq, "X@-70").tracker.runs.lastCompletion == .at(-70))
        #expect(PolledTraining(.faq, "X@-70").tracker.runs.lastSuccess == nil)
        #expect(PolledTraining(.faq, "I@-70").tracker.runs.lastCompletion == nil)
        #expect(PolledTraining(.faq, "I@-70").tracker.runs.lastStart == .at(0))
    }
}
