import Exposition
import KoreAI
import Model
import Testing

@testable import Tracking

struct CreatedTests {
    private let target = Target.training(bot: "banking", engine: .ml, language: "en", state: .published)

    @Test("counters and histograms of a target began with its first reply, and that stays so over a restart")
    func created() throws {
        var tracker = TargetTracker(target)
        let flags = [SyncFlag(component: "traits", inSync: true)]
        for seconds in [0, 60, 120] as [Int64] {
            let reply = MLTrainingReply(status: .finished, syncFlags: flags, nlpVersion: nil, trainVersion: nil)
            _ = tracker.observe(.mlTraining(reply), at: .at(seconds))
            tracker = try TargetTracker(target, stored: tracker.stored)
        }
        let counting = tracker.families().filter { $0.family.kind != .gauge && !$0.samples.isEmpty }
        #expect(counting.count == 4)
        for family in counting {
            #expect(family.samples.map(\.created) == [ClockReading.at(0).wall.seconds])
        }
    }

    @Test("the histogram of durations tells when the last run that it counts began")
    func exemplar() throws {
        var tracker = TargetTracker(target)
        for (seconds, status) in [(0, .finished), (60, .inProgress), (180, .finished)] as [(Int64, TrainingStatus)] {
            let reply = MLTrainingReply(status: status, syncFlags: [], nlpVersion: nil, trainVersion: nil)
            _ = tracker.observe(.mlTraining(reply), at: .at(seconds))
        }
        let durations = try #require(tracker.families().first { $0.family.name == "koreai_training_duration_seconds" })
        let exemplar = try #require(durations.samples.first?.exemplar)
        #expect(exemplar.labels.map(\.name) == ["run_start"])
        #expect(exemplar.labels.map(\.value) == [ClockReading.at(30).wall.iso8601])
        guard case .histogram(let histogram) = durations.samples.first?.value else {
            Issue.record("no histogram")
            return
        }
        #expect(histogram.sum == exemplar.value)
        #expect(histogram.native.count == 1)
        #expect(exemplar.timestamp == ClockReading.at(120).wall.seconds)
    }
}
