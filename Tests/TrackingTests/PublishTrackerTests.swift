import KoreAI
import Model
import Testing

@testable import Tracking

struct PublishTrackerTests {
    private let target = Target.publish(bot: "banking")

    /// A reply about a publish that was requested at that second, began one later, and ended or changed last at `modified`.
    private func reply(
        _ status: JobStatus,
        requested: Int64,
        modified: Int64? = nil,
        id: String? = "ds-1",
        failed: [String] = []
    ) -> PublishReply {
        PublishReply(
            status: status,
            id: id,
            percentComplete: status == .success ? 100 : 40,
            requestedTime: .at(requested),
            initiatedOn: .at(requested + 1),
            lastModified: modified.map { .at($0) },
            parts: ["channels", "nl"].map {
                PublishReply.Part(name: $0, status: failed.contains($0) ? .failed : .success)
            }
        )
    }

    private func tracker(_ replies: (Int64, PublishReply)...) -> TargetTracker {
        var tracker = TargetTracker(target)
        for (second, reply) in replies { _ = tracker.observe(.publish(reply), at: .at(second)) }
        return tracker
    }

    @Test("A publish that the first reply shows as ended sets gauges and adds to no counter")
    func first() {
        let shown = Exposed(tracker((100, reply(.success, requested: 10, modified: 41))))
        #expect(shown[#"koreai_publish_status{bot="banking",status="success"}"#] == "1")
        #expect(shown[#"koreai_publish_status{bot="banking",status="failed"}"#] == "0")
        #expect(shown[#"koreai_publish_progress_ratio{bot="banking"}"#] == "1")
        #expect(shown[#"koreai_publish_start_timestamp_seconds{bot="banking"}"#] == Exposed.text(of: .at(11)))
        #expect(shown[#"koreai_publish_last_completion_timestamp_seconds{bot="banking"}"#] == Exposed.text(of: .at(41)))
        #expect(shown[#"koreai_publish_last_success_timestamp_seconds{bot="banking"}"#] == Exposed.text(of: .at(41)))
        #expect(shown[#"koreai_publish_last_duration_seconds{bot="banking"}"#] == "30")
        #expect(shown[#"koreai_publish_jobs_total{bot="banking"}"#] == "0")
        #expect(shown[#"koreai_publish_failures_total{bot="banking"}"#] == "0")
        #expect(shown[#"koreai_publish_duration_seconds_count{bot="banking"}"#] == "0")
        #expect(shown[#"koreai_publish_part_failed{bot="banking",part="nl"}"#] == "0")
    }

    @Test("A publish that is seen to run and to fail is counted once, and its failed part shows")
    func failed() {
        let failure = reply(.failed, requested: 105, modified: 131, id: "ds-2", failed: ["nl"])
        let tracker = tracker(
            (100, reply(.success, requested: 10, modified: 41)),
            (110, reply(.inProgress, requested: 105, modified: 109, id: "ds-2")),
            (140, failure),
            (150, failure)
        )
        let shown = Exposed(tracker)
        #expect(shown[#"koreai_publish_jobs_total{bot="banking"}"#] == "1")
        #expect(shown[#"koreai_publish_failures_total{bot="banking"}"#] == "1")
        #expect(shown[#"koreai_publish_last_duration_seconds{bot="banking"}"#] == "25")
        #expect(shown[#"koreai_publish_last_success_timestamp_seconds{bot="banking"}"#] == Exposed.text(of: .at(41)))
        #expect(
            shown[#"koreai_publish_last_completion_timestamp_seconds{bot="banking"}"#] == Exposed.text(of: .at(131))
        )
        #expect(shown[#"koreai_publish_part_failed{bot="banking",part="nl"}"#] == "1")
        #expect(shown[#"koreai_publish_part_failed{bot="banking",part="channels"}"#] == "0")
        #expect(tracker.report.failedParts == ["nl"])
    }

    @Test(
        "A publish between two polls is one, told by another id or by a later request of the same id",
        arguments: ["ds-1", "ds-2"]
    )
    func unseen(id: String) {
        let shown = Exposed(
            tracker(
                (100, reply(.success, requested: 10, modified: 41)),
                (160, reply(.success, requested: 110, modified: 141, id: id))
            )
        )
        #expect(shown[#"koreai_publish_jobs_total{bot="banking"}"#] == "1")
        #expect(shown[#"koreai_publish_duration_seconds_count{bot="banking"}"#] == "1")
        #expect(shown[#"koreai_publish_last_success_timestamp_seconds{bot="banking"}"#] == Exposed.text(of: .at(141)))
    }

    @Test("While a publish runs, completion, success and parts are those of the last one that ended")
    func running() {
        let shown = Exposed(
            tracker(
                (100, reply(.failed, requested: 10, modified: 41, failed: ["nl"])),
                (110, reply(.inProgress, requested: 105, id: "ds-2"))
            )
        )
        #expect(shown[#"koreai_publish_status{bot="banking",status="in_progress"}"#] == "1")
        #expect(shown[#"koreai_publish_start_timestamp_seconds{bot="banking"}"#] == Exposed.text(of: .at(106)))
        #expect(shown[#"koreai_publish_last_completion_timestamp_seconds{bot="banking"}"#] == Exposed.text(of: .at(41)))
        #expect(shown[#"koreai_publish_last_success_timestamp_seconds{bot="banking"}"#] == nil)
        #expect(shown[#"koreai_publish_part_failed{bot="banking",part="nl"}"#] == "1")
    }

    @Test("A bot that was never published has a status and nothing else")
    func never() {
        let tracker = tracker((100, PublishReply(status: .unknown)))
        #expect(tracker.isBlank)
        let gauges = Exposed(tracker).gauges.filter { !$0.hasPrefix("koreai_publish_status") }
        #expect(gauges.isEmpty)
    }

    @Test("The stored form gives back all that is known, at each point of a history")
    func stored() throws {
        let replies: [(Int64, PublishReply)] = [
            (100, PublishReply(status: .unknown)), (110, reply(.inProgress, requested: 105)),
            (140, reply(.failed, requested: 105, modified: 131, failed: ["nl"])),
            (150, reply(.success, requested: 141, modified: 149, id: nil)),
        ]
        var tracker = TargetTracker(target)
        #expect(try TargetTracker(target, stored: tracker.stored) == tracker)
        for (second, reply) in replies {
            _ = tracker.observe(.publish(reply), at: .at(second))
            #expect(try TargetTracker(target, stored: tracker.stored) == tracker)
        }
        #expect(throws: StoredFormError.self) {
            try TargetTracker(.export(bot: "banking"), stored: tracker.stored)
        }
    }
}

extension Exposed {
    /// A time as the exposition writes it.
    static func text(of time: Timestamp) -> String {
        var text = "\(time.seconds)"
        if text.hasSuffix(".0") { text.removeLast(2) }
        return text
    }
}
