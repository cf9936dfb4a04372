import KoreAI
import Model
import TestSupport
import Testing

@testable import Tracking

/// A history that the store cuts, as a restart does, goes on as though nothing had been.
struct CutHistoryTests {
    private static let ml = Target.training(bot: "banking", engine: .ml, language: "en", state: .published)
    private static let faq = Target.training(bot: "banking", engine: .faq, language: "en", state: .published)
    private static let export = Target.export(bot: "banking")

    @Test("replies as a platform gives them: the same events, series and state with cuts as without")
    func platform() throws {
        for seed in 0..<500 as Range<UInt64> {
            let ml = TrainingHistory(.ml, seed: seed)
            try compare(Self.ml, ml.polls.map { (.mlTraining($0.mlReply), $0.moment) }, seed: seed)
            let faq = TrainingHistory(.faq, seed: seed)
            let faqReplies = faq.polls.map { (Observation.faqTraining($0.faqReply(skew: faq.skew)), $0.moment) }
            try compare(Self.faq, faqReplies, seed: seed)
            let jobs = JobHistory(seed: seed)
            let jobReplies = jobs.polls.map { (Observation.mlExport($0.reply(skew: jobs.skew)), $0.moment) }
            try compare(Self.export, jobReplies, seed: seed)
        }
    }

    @Test("replies of any kind: the same events, series and state with cuts as without", arguments: [ml, faq, export])
    func anything(target: Target) throws {
        for seed in 0..<50 as Range<UInt64> {
            var history = RandomHistory(target, seed: seed)
            try compare(target, (0..<60).map { _ in (history.next(), history.now) }, seed: seed)
        }
    }

    @Test("times and numbers at the end of their range come back as they are")
    func extremes() throws {
        let times: [Int64?] = [.min, .max, 0, -1, nil, .max - 1]
        let replies = times.enumerated().map { position, time in
            let time = time.map { Timestamp(milliseconds: $0) }
            let reply = MLExportReply(
                status: position.isMultiple(of: 2) ? .inProgress : .success,
                percentComplete: [.infinity, -.infinity, 1e300][position % 3],
                createdOn: time,
                lastModified: time,
                requestedTime: time
            )
            return (Observation.mlExport(reply), ClockReading(wall: time ?? .at(0), uptime: .max, boot: .max))
        }
        try compare(Self.export, replies, seed: 1)
        let trainings = ([.min, .max, 0, .max, .min, nil, .max] as [Int64?]).map { version in
            let reply = MLTrainingReply(status: .finished, nlpVersion: version, trainVersion: version)
            return (Observation.mlTraining(reply), ClockReading.at(0))
        }
        try compare(Self.ml, trainings, seed: 1)
    }

    private func compare(_ target: Target, _ replies: [(Observation, ClockReading)], seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        var whole = TargetTracker(target)
        var cut = TargetTracker(target)
        for (position, (reply, moment)) in replies.enumerated() {
            let ended = whole.observe(reply, at: moment)
            try #require(cut.observe(reply, at: moment) == ended, "seed \(seed), reply \(position)")
            if Bool.random(using: &numbers) {
                cut = try TargetTracker(target, stored: cut.stored)
            }
            try #require(cut.families() == whole.families(), "seed \(seed), reply \(position)")
            try #require(cut == whole, "seed \(seed), reply \(position)")
        }
    }
}
