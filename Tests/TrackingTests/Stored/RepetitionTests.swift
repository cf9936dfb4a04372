import KoreAI
import Testing

@testable import Tracking

/// A store that keeps no repetitions loses nothing but the accuracy of a time.
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
        #expect(!tracker.isRepetition(of: unknown))
        let before = tracker
        _ = tracker.observe(finished, at: .at(30))
        #expect(tracker != before)
        #expect(tracker.isRepetition(of: before))
        #expect(tracker.families() == before.families())
    }

    @Test("what is under way is kept with each poll, so that its end is known to within two polls after a restart too")
    func underWay() {
        for (target, reply) in [
            (Self.ml, .mlTraining(MLTrainingReply(status: .inProgress))),
            (Self.ml, .mlTraining(MLTrainingReply(status: .queued))),
            (Self.faq, .faqTraining(FAQTrainingReply(status: .inProgress))),
            (Self.export, .mlExport(MLExportReply(status: .pending, id: "1"))),
        ] as [(Target, Observation)] {
            var tracker = TargetTracker(target)
            _ = tracker.observe(reply, at: .at(0))
            let before = tracker
            _ = tracker.observe(reply, at: .at(30))
            #expect(!tracker.isRepetition(of: before))
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
            #expect(!next.isRepetition(of: before), "\(reply)")
        }
        var afterRestart = before
        _ = afterRestart.observe(finished, at: Moment(wall: .at(30), uptime: 1, boot: 2))
        #expect(!afterRestart.isRepetition(of: before))
        var expired = before
        expired.expire()
        var shownAgain = expired
        _ = shownAgain.observe(finished, at: .at(30))
        #expect(!expired.isRepetition(of: before))
        #expect(!shownAgain.isRepetition(of: expired))
    }

    @Test("after restarts that bring back the last state but its repetitions, the same is counted")
    func restarts() throws {
        var skipped = 0
        for seed in 0..<400 as Range<UInt64> {
            let ml = TrainingHistory(.ml, seed: seed)
            skipped += try compare(Self.ml, ml.sights.map { (.mlTraining($0.mlReply), $0.moment) }, seed: seed)
            let faq = TrainingHistory(.faq, seed: seed)
            let faqReplies = faq.sights.map { (Observation.faqTraining($0.faqReply(skew: faq.skew)), $0.moment) }
            skipped += try compare(Self.faq, faqReplies, seed: seed)
            let jobs = JobHistory(seed: seed)
            let jobReplies = jobs.sights.map { (Observation.mlExport($0.reply(skew: jobs.skew)), $0.moment) }
            skipped += try compare(Self.export, jobReplies, seed: seed)
        }
        #expect(skipped > 300)
    }

    /// - Returns: How often a restart brought back a state that was not the last one.
    private func compare(_ target: Target, _ replies: [(Observation, Moment)], seed: UInt64) throws -> Int {
        var numbers = LinearCongruentialGenerator(state: seed)
        var whole = TargetTracker(target)
        var restarted = TargetTracker(target)
        var kept = restarted.stored
        var skipped = 0
        for (position, (reply, moment)) in replies.enumerated() {
            let expected = whole.observe(reply, at: moment)
            let before = restarted
            let ended = restarted.observe(reply, at: moment)
            let place: Comment = "\(target), seed \(seed), reply \(position)"
            try #require(ended.map(\.outcome) == expected.map(\.outcome), place)
            for (run, best) in zip(ended, expected) {
                guard let duration = run.duration, let known = best.duration else {
                    try #require(run.duration == nil && best.duration == nil, place)
                    continue
                }
                // Whatever it can have been by all polls, it can have been by fewer. Halves are cut to milliseconds.
                try #require(duration - run.bound <= known - best.bound + 1, place)
                try #require(duration + run.bound >= known + best.bound - 1, place)
            }
            try #require(restarted.standing == whole.standing, place)
            if !restarted.isRepetition(of: before) {
                kept = restarted.stored
            }
            if Bool.random(using: &numbers) {
                let back = try TargetTracker(target, stored: kept)
                skipped += back == restarted ? 0 : 1
                restarted = back
            }
        }
        return skipped
    }
}
