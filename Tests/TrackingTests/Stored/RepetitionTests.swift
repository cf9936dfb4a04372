import KoreAI
import Model
import Testing

@testable import Tracking

/// A store that keeps of a repetition nothing but its moment loses nothing.
struct RepetitionTests {
    private static let ml = Target.training(bot: "banking", engine: .ml, language: "en", state: .published)
    private static let faq = Target.training(bot: "banking", engine: .faq, language: "en", state: .published)
    private static let export = Target.export(bot: "banking")

    private let finished = Observation.mlTraining(MLTrainingReply(status: .finished, trainVersion: 1))

    @Test("the same reply again is a repetition, and what it changes is a time")
    func repetition() {
        var tracker = TargetTracker(Self.ml)
        let unknown = tracker
        _ = tracker.observe(finished, at: .at(0))
        #expect(tracker.repetition(of: unknown) == nil)
        var before = tracker
        _ = tracker.observe(finished, at: .at(30))
        #expect(tracker != before)
        #expect(tracker.repetition(of: before) == .at(30))
        #expect(tracker.families() == before.families())
        before.repeat(at: .at(30))
        #expect(tracker == before)
    }

    @Test("an older moment, and one of another start of the machine, change nothing")
    func older() {
        for (target, reply) in [
            (Self.ml, finished), (Self.faq, .faqTraining(FAQTrainingReply(status: .inProgress))),
            (Self.export, .mlExport(MLExportReply(status: .pending, id: "1"))),
        ] as [(Target, Observation)] {
            var tracker = TargetTracker(target)
            tracker.repeat(at: .at(30))
            #expect(tracker == TargetTracker(target))
            _ = tracker.observe(reply, at: .at(60))
            let known = tracker
            tracker.repeat(at: .at(59))
            tracker.repeat(at: ClockReading(wall: .at(90), uptime: 90_000, boot: 2))
            #expect(tracker == known)
            tracker.repeat(at: .at(61))
            #expect(tracker.lastSuccess == .at(61))
        }
    }

    @Test("a flag, a version, a restart of the machine and a reply that is shown again are no repetitions")
    func news() {
        var tracker = TargetTracker(Self.ml)
        _ = tracker.observe(finished, at: .at(0))
        let before = tracker
        for reply in [
            MLTrainingReply(status: .finished, syncFlags: [SyncFlag(component: "a", inSync: true)], trainVersion: 1),
            MLTrainingReply(status: .finished, nlpVersion: 2, trainVersion: 1),
            MLTrainingReply(status: .unknown, trainVersion: 1),
        ] {
            var next = before
            _ = next.observe(.mlTraining(reply), at: .at(30))
            #expect(next.repetition(of: before) == nil, "\(reply)")
        }
        var afterRestart = before
        _ = afterRestart.observe(finished, at: ClockReading(wall: .at(30), uptime: 1, boot: 2))
        #expect(afterRestart.repetition(of: before) == nil)
        var expired = before
        expired.expire()
        var shownAgain = expired
        _ = shownAgain.observe(finished, at: .at(30))
        #expect(expired.repetition(of: before) == nil)
        #expect(shownAgain.repetition(of: expired) == nil)
    }

    @Test("the last state that was kept and the moments of all repetitions, older ones too, are the whole state")
    func restarts() throws {
        var repetitions = 0
        for seed in 0..<100 as Range<UInt64> {
            let ml = TrainingHistory(.ml, seed: seed)
            repetitions += try compare(Self.ml, ml.polls.map { (.mlTraining($0.mlReply), $0.moment) }, seed: seed)
            let faq = TrainingHistory(.faq, seed: seed)
            let faqReplies = faq.polls.map { (Observation.faqTraining($0.faqReply(skew: faq.skew)), $0.moment) }
            repetitions += try compare(Self.faq, faqReplies, seed: seed)
            let jobs = JobHistory(seed: seed)
            let jobReplies = jobs.polls.map { (Observation.mlExport($0.reply(skew: jobs.skew)), $0.moment) }
            repetitions += try compare(Self.export, jobReplies, seed: seed)
        }
        #expect(repetitions > 250)
    }

    /// - Returns: How many of the replies were repetitions.
    private func compare(_ target: Target, _ replies: [(Observation, ClockReading)], seed: UInt64) throws -> Int {
        var tracker = TargetTracker(target)
        var kept = tracker.stored
        var moments: [ClockReading] = []
        for (position, (reply, moment)) in replies.enumerated() {
            let before = tracker
            let ended = tracker.observe(reply, at: moment)
            let place: Comment = "\(target), seed \(seed), reply \(position)"
            if let moment = tracker.repetition(of: before) {
                try #require(ended.isEmpty, place)
                moments.append(moment)
            } else {
                kept = tracker.stored
            }
            guard position.isMultiple(of: 8) || position == replies.count - 1 else { continue }
            var restored = try TargetTracker(target, stored: kept)
            for moment in moments { restored.repeat(at: moment) }
            try #require(restored == tracker, place)
        }
        return moments.count
    }
}
