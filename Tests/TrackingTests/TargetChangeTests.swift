import KoreAI
import Model
import Testing

@testable import Tracking

struct TargetChangeTests {
    private static let training = Target.training(bot: "banking", engine: .ml, language: "en", state: .configured)

    /// What each of these replies, a minute apart, changed.
    private func changes(_ target: Target, _ replies: [Observation]) -> [[TargetChange]] {
        var tracker = TargetTracker(target)
        return replies.enumerated().map { number, reply in
            let known = tracker
            let ended = tracker.observe(reply, at: moment(number))
            return tracker.changes(since: known, hasEnded: !ended.isEmpty)
        }
    }

    private func moment(_ number: Int) -> ClockReading {
        let minutes = Int64(number) * 60_000
        return ClockReading(wall: Timestamp(milliseconds: 1_790_000_000_000 + minutes), uptime: minutes, boot: 1)
    }

    private func ml(_ status: TrainingStatus, _ version: Int64, out: [String] = [], told: [String] = ["ner", "traits"])
        -> Observation
    {
        let flags = told.map { SyncFlag(component: $0, inSync: !out.contains($0)) }
        return .mlTraining(MLTrainingReply(status: status, syncFlags: flags, trainVersion: version))
    }

    @Test("a training begins once, whether it is queued first or not, and another one begins again")
    func trainings() {
        let replies = [
            ml(.finished, 1), ml(.queued, 1), ml(.inProgress, 1), ml(.inProgress, 1), ml(.finished, 2),
            ml(.inProgress, 3), ml(.failed, 3),
        ]
        let began = [
            [], [TargetChange.began(status: "queued")], [], [], [], [.began(status: "in_progress")], [],
        ]
        #expect(changes(Self.training, replies) == began)
    }

    @Test("what drifts is told when it begins and when it ends, and not while a training hides it")
    func drifts() {
        let replies = [
            ml(.finished, 1), ml(.finished, 1, out: ["ner"]), ml(.finished, 1, out: ["ner"]),
            ml(.finished, 1, out: ["ner", "traits"]), ml(.inProgress, 1, told: []), ml(.finished, 2, out: ["ner"]),
            ml(.finished, 2),
        ]
        let told: [[TargetChange]] = [
            [], [.driftBegan(components: ["ner"])], [], [.driftBegan(components: ["traits"])],
            [.began(status: "in_progress")], [.driftEnded(components: ["traits"], since: moment(3).wall)],
            [.driftEnded(components: ["ner"], since: moment(1).wall)],
        ]
        #expect(changes(Self.training, replies) == told)
    }

    @Test("an export that begins is told, and so is what a target is first seen at")
    func exports() {
        func export(_ status: JobStatus, _ id: String) -> Observation {
            .mlExport(MLExportReply(status: status, id: id))
        }
        let replies = [
            export(.inProgress, "a"), export(.success, "a"), export(.pending, "b"), export(.inProgress, "b"),
        ]
        let told: [[TargetChange]] = [[.began(status: "in_progress")], [], [.began(status: "pending")], []]
        #expect(changes(.export(bot: "banking"), replies) == told)
        #expect(changes(Self.training, [ml(.finished, 1, out: ["ner"])]) == [[.driftBegan(components: ["ner"])]])
    }

    @Test("a reply without anything in it says that nothing of the kind ever ran")
    func blank() {
        func isBlank(_ target: Target, _ reply: Observation) -> Bool {
            var tracker = TargetTracker(target)
            #expect(!tracker.isBlank)
            _ = tracker.observe(reply, at: moment(0))
            return tracker.isBlank
        }
        let faq = Target.training(bot: "banking", engine: .faq, language: "en", state: .configured)
        #expect(isBlank(Self.training, .mlTraining(MLTrainingReply(status: .unknown))))
        #expect(!isBlank(Self.training, ml(.unknown, 1)))
        #expect(isBlank(faq, .faqTraining(FAQTrainingReply(status: .unknown))))
        #expect(!isBlank(faq, .faqTraining(FAQTrainingReply(status: .finished))))
        #expect(isBlank(.export(bot: "banking"), .mlExport(MLExportReply(status: .unknown))))
        #expect(!isBlank(.export(bot: "banking"), .mlExport(MLExportReply(status: .unknown, id: "a"))))
    }
}
