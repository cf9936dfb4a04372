import Exposition
import KoreAI
import Model
import Testing

@testable import Tracking

struct TargetTrackerTests {
    private let ml = Target.training(bot: "banking", engine: .ml, language: "en", state: .published)
    private let faq = Target.training(bot: "banking", engine: .faq, language: "en", state: .published)
    private let now = ClockReading(wall: Timestamp(milliseconds: 1_700_000_000_000), uptime: 5000, boot: 1)

    @Test("before the first reply nothing is shown")
    func unknown() {
        for target in [ml, faq, .export(bot: "banking")] {
            #expect(Exposed(TargetTracker(target)).lines.isEmpty)
        }
    }

    @Test("an ML reply shows its status as a full set of which one is 1", arguments: TrainingStatus.allCases)
    func mlStatus(status: TrainingStatus) {
        let shown = exposed(ml, .mlTraining(MLTrainingReply(status: status)))
        for other in TrainingStatus.allCases {
            let series =
                #"koreai_training_status{bot="banking",engine="ml",language="en",state="published",status="\#(other.rawValue)"}"#
            #expect(shown[series] == (other == status ? "1" : "0"))
        }
        #expect(shown.gauges.count { $0.hasPrefix("koreai_training_status") } == TrainingStatus.allCases.count)
    }

    @Test("an ML reply shows the flags and versions that it has and no others")
    func mlFlags() {
        let reply = MLTrainingReply(
            status: .finished,
            syncFlags: [SyncFlag(component: "sentences", inSync: true), SyncFlag(component: "traits", inSync: false)],
            trainVersion: 7
        )
        let shown = exposed(ml, .mlTraining(reply))
        let labels = #"bot="banking",language="en",state="published""#
        #expect(shown["koreai_ml_in_sync{\(labels),component=\"sentences\"}"] == "1")
        #expect(shown["koreai_ml_in_sync{\(labels),component=\"traits\"}"] == "0")
        #expect(shown["koreai_ml_train_version{\(labels)}"] == "7")
        #expect(!shown.lines.contains { $0.contains("nlp_version") })
        #expect(shown.gauges.count == TrainingStatus.allCases.count + 4)
        #expect(shown["koreai_ml_out_of_sync_since_timestamp_seconds{\(labels),component=\"traits\"}"] == "1700000000")
    }

    @Test(
        "an FAQ reply's time is when the run ended, once it has ended",
        arguments: [
            (.finished, 2), (.failed, 1), (.inProgress, 0), (.queued, 0), (.unknown, 0),
        ] as [(TrainingStatus, Int)]
    )
    func faqTimes(status: TrainingStatus, times: Int) {
        let reply = FAQTrainingReply(status: status, modifiedOn: Timestamp(milliseconds: 1_600_000_000_500))
        let shown = exposed(faq, .faqTraining(reply))
        let labels = #"bot="banking",engine="faq",language="en",state="published""#
        #expect(
            shown["koreai_training_last_completion_timestamp_seconds{\(labels)}"] == (times >= 1 ? "1600000000.5" : nil)
        )
        #expect(
            shown["koreai_training_last_success_timestamp_seconds{\(labels)}"] == (times == 2 ? "1600000000.5" : nil)
        )
        let start = "koreai_training_last_start_timestamp_seconds{\(labels)}"
        #expect(shown[start] == (status == .inProgress ? "1700000000" : nil))
    }

    @Test("an export reply shows status, progress, times, duration and whether there is a file")
    func export() {
        let reply = MLExportReply(
            status: .success,
            id: "ds-1",
            percentComplete: 100,
            createdOn: Timestamp(milliseconds: 1_561_618_155_572),
            lastModified: Timestamp(milliseconds: 1_561_618_155_726),
            requestedTime: Timestamp(milliseconds: 1_690_298_616_912)
        )
        let shown = exposed(.export(bot: "banking"), .mlExport(reply))
        let labels = #"{bot="banking",export="ml_utterances"}"#
        #expect(shown[#"koreai_export_status{bot="banking",export="ml_utterances",status="success"}"#] == "1")
        #expect(shown[#"koreai_export_status{bot="banking",export="ml_utterances",status="failed"}"#] == "0")
        #expect(shown["koreai_export_progress_ratio\(labels)"] == "1")
        #expect(shown["koreai_export_start_timestamp_seconds\(labels)"] == "1561618155.572")
        #expect(shown["koreai_export_last_update_timestamp_seconds\(labels)"] == "1561618155.726")
        #expect(shown["koreai_export_last_duration_seconds\(labels)"] == "0.154")
        #expect(shown["koreai_export_download_available\(labels)"] == "0")
    }

    @Test(
        "a job that has not succeeded says nothing of a file",
        arguments: [JobStatus.pending, .inProgress, .failed, .unknown]
    )
    func noFile(status: JobStatus) {
        let shown = exposed(.export(bot: "banking"), .mlExport(MLExportReply(status: status)))
        #expect(
            !shown.lines.contains {
                $0.contains("download") || $0.contains("last_duration") || $0.contains("timestamp")
            }
        )
    }

    @Test("a reply of another collector's is ignored")
    func otherCollector() {
        let replies: [Observation] = [
            .mlTraining(MLTrainingReply(status: .finished)), .faqTraining(FAQTrainingReply(status: .finished)),
            .mlExport(MLExportReply(status: .success)),
        ]
        for target in [ml, faq, .export(bot: "banking")] {
            for reply in replies {
                var tracker = TargetTracker(target)
                #expect(tracker.observe(reply, at: now).isEmpty)
                #expect((tracker.health == .fine) == (reply.collector == target.collector))
                #expect((tracker.lastSuccess == nil) == (reply.collector != target.collector))
            }
        }
    }

    @Test("a run that ended shows in the counters, the histogram and the times")
    func run() {
        var tracker = TargetTracker(ml)
        var ended: [EndedRun] = []
        for (seconds, status) in [(0, .finished), (10, .inProgress), (50, .failed)] as [(Int64, TrainingStatus)] {
            ended += tracker.observe(.mlTraining(MLTrainingReply(status: status)), at: .at(seconds))
        }
        let shown = Exposed(tracker)
        let labels = #"{bot="banking",engine="ml",language="en",state="published"}"#
        #expect(ended == [EndedRun(outcome: .failed, start: .at(5), end: .at(30), duration: 25_000, bound: 25_000)])
        #expect(shown["koreai_training_runs_total\(labels)"] == "1")
        #expect(shown["koreai_training_failures_total\(labels)"] == "1")
        #expect(shown["koreai_training_duration_seconds_count\(labels)"] == "1")
        #expect(shown["koreai_training_duration_seconds_sum\(labels)"] == "25")
        #expect(shown["koreai_training_last_duration_seconds\(labels)"] == "25")
        #expect(shown["koreai_training_last_start_timestamp_seconds\(labels)"] == "1700000010")
        #expect(shown["koreai_training_last_completion_timestamp_seconds\(labels)"] == "1700000030")
        #expect(shown["koreai_training_last_success_timestamp_seconds\(labels)"] == nil)
    }

    @Test("a progress that is no number is not shown, and one out of range is brought into it")
    func progress() {
        for (percent, ratio) in [(.nan, nil), (-5, "0"), (.infinity, "1"), (42, "0.42")] as [(Double, String?)] {
            let reply = MLExportReply(status: .inProgress, percentComplete: percent)
            let shown = exposed(.export(bot: "banking"), .mlExport(reply))
            #expect(shown[#"koreai_export_progress_ratio{bot="banking",export="ml_utterances"}"#] == ratio)
        }
    }

    @Test("an expired target shows nothing, and shows again with the next reply")
    func expiry() {
        var tracker = TargetTracker(faq)
        _ = tracker.observe(.faqTraining(FAQTrainingReply(status: .finished)), at: now)
        tracker.expire()
        #expect(Exposed(tracker).lines.isEmpty)
        #expect(tracker.lastSuccess == now.wall)
        _ = tracker.observe(.faqTraining(FAQTrainingReply(status: .failed)), at: now)
        #expect(!Exposed(tracker).lines.isEmpty)
    }

    @Test(
        "what is queued or running is active",
        arguments: [
            (.mlTraining(MLTrainingReply(status: .queued)), true),
            (.mlTraining(MLTrainingReply(status: .inProgress)), true),
            (.mlTraining(MLTrainingReply(status: .finished)), false),
            (.faqTraining(FAQTrainingReply(status: .failed)), false),
            (.faqTraining(FAQTrainingReply(status: .inProgress)), true),
            (.mlExport(MLExportReply(status: .pending)), true),
            (.mlExport(MLExportReply(status: .inProgress)), true), (.mlExport(MLExportReply(status: .success)), false),
            (.mlExport(MLExportReply(status: .unknown)), false),
        ] as [(Observation, Bool)]
    )
    func activity(observation: Observation, isActive: Bool) {
        #expect(observation.isActive == isActive)
    }

    private func exposed(_ target: Target, _ observation: Observation) -> Exposed {
        var tracker = TargetTracker(target)
        _ = tracker.observe(observation, at: now)
        return Exposed(tracker)
    }
}
