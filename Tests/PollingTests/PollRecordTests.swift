import Exposition
import KoreAI
import Model
import Testing
import Tracking

@testable import Polling

struct PollRecordTests {
    private let time = ClockReading(wall: Timestamp(milliseconds: 1_700_000_000_000), uptime: 5000, boot: 1)
    private let minuteLater = ClockReading(wall: Timestamp(milliseconds: 1_700_000_060_000), uptime: 65_000, boot: 1)
    private let labels = #"{bot="banking",collector="faq_training",language="en",state="configured"}"#

    private func record() -> PollRecord {
        PollRecord(.training(bot: "banking", engine: .faq, language: "en", state: .configured))
    }

    private var good: PollReply {
        PollReply(
            endpoint: .faqTrainStatus,
            code: 200,
            duration: .seconds(1),
            result: .success(Decoded(.faqTraining(FAQTrainingReply(status: .finished))))
        )
    }

    private func bad(_ reason: APIError.Reason) -> PollReply {
        PollReply(
            endpoint: .faqTrainStatus,
            code: 0,
            duration: .seconds(1),
            result: .failure(APIError(reason: reason, code: 0, message: "no"))
        )
    }

    @Test("before the first poll nothing is shown")
    func untouched() {
        #expect(text(record()).isEmpty)
    }

    @Test("a good poll is up, and so are its times")
    func up() {
        var record = record()
        #expect(record.finish(good, at: time) == PollRecord.News())
        record.setInterval(.seconds(90))
        let shown = text(record)
        #expect(shown.contains("koreai_poll_up\(labels) 1\n"))
        #expect(shown.contains("koreai_poll_last_attempt_timestamp_seconds\(labels) 1700000000\n"))
        #expect(shown.contains("koreai_poll_last_success_timestamp_seconds\(labels) 1700000000\n"))
        #expect(shown.contains("koreai_poll_interval_seconds\(labels) 90\n"))
        #expect(!shown.contains("koreai_poll_failing"))
        #expect(shown.contains("koreai_training_status"))
    }

    @Test("a failed poll is not up, keeps what is known, and leaves out a success that never was")
    func down() {
        var never = record()
        _ = never.finish(bad(.timeout), at: time)
        #expect(text(never).contains("koreai_poll_failing\(labels.dropLast()),reason=\"timeout\"} 1\n"))
        #expect(text(never).contains("koreai_poll_up\(labels) 0\n"))
        #expect(!text(never).contains("koreai_poll_last_success"))
        var once = record()
        _ = once.finish(good, at: time)
        _ = once.finish(bad(.timeout), at: minuteLater)
        #expect(text(once).contains("koreai_poll_last_attempt_timestamp_seconds\(labels) 1700000060\n"))
        #expect(text(once).contains("koreai_poll_last_success_timestamp_seconds\(labels) 1700000000\n"))
        #expect(text(once).contains("koreai_training_status"))
    }

    @Test("expiry takes the domain series away and leaves those of the polls")
    func expiry() {
        var record = record()
        _ = record.finish(good, at: time)
        record.expire()
        #expect(!text(record).contains("koreai_training_status"))
        #expect(text(record).contains("koreai_poll_up\(labels) 1\n"))
    }

    @Test("a failure is told when it begins and when it ends, and each of its reasons once")
    func turns() {
        var record = record()
        let dns = APIError(reason: .dns, code: 0, message: "no")
        let tls = APIError(reason: .tls, code: 0, message: "no")
        #expect(record.finish(bad(.dns), at: time).failureChange == .beganToFail(dns))
        #expect(record.finish(bad(.dns), at: time).failureChange == nil)
        #expect(record.finish(bad(.tls), at: time).failureChange == .beganToFail(tls))
        #expect(record.finish(bad(.dns), at: time).failureChange == nil)
        #expect(record.finish(bad(.tls), at: time).failureChange == nil)
        #expect(record.finish(good, at: time).failureChange == .recovered)
        #expect(record.finish(good, at: time).failureChange == nil)
        #expect(record.finish(bad(.dns), at: time).failureChange == .beganToFail(dns))
    }

    @Test("a value that is not understood is told once, and only so many of them")
    func unrecognized() {
        var record = record()
        let values = (0..<100).map { UnrecognizedValue(field: "status", found: "\($0)") }
        func told(_ values: [UnrecognizedValue]) -> [UnrecognizedValue] {
            let reply = PollReply(
                endpoint: .faqTrainStatus,
                code: 200,
                duration: .seconds(1),
                result: .success(
                    Decoded(.faqTraining(FAQTrainingReply(status: .finished)), unrecognized: values)
                )
            )
            return record.finish(reply, at: time).unrecognized
        }
        #expect(told([values[0], values[0]]) == [values[0]])
        #expect(told(values).count == 31)
        #expect(told(values) == [])
    }

    @Test("a sync flag for which there is no place is counted with every reply, and told once")
    func unplaced() {
        var record = PollRecord(.training(bot: "banking", engine: .ml, language: "en", state: .configured))
        let flags = (10..<44).map { SyncFlag(component: "flag_\($0)", inSync: true) }
        func news() -> PollRecord.News {
            let reply = MLTrainingReply(status: .finished, syncFlags: flags)
            return record.finish(
                PollReply(
                    endpoint: .mlTrainStatus,
                    code: 200,
                    duration: .seconds(1),
                    result: .success(Decoded(.mlTraining(reply)))
                ),
                at: time
            )
        }
        let unplaced = ["flag_42", "flag_43"].map {
            UnrecognizedValue(field: "isMlInSyncWith", found: "one flag too many: \($0)")
        }
        let first = news()
        #expect(first.unplaced == unplaced)
        #expect(first.unrecognized == unplaced)
        let second = news()
        #expect(second.unplaced == unplaced)
        #expect(second.unrecognized == [])
    }

    private func text(_ record: PollRecord) -> String {
        let registry = Registry()
        var record = record
        registry.update(record.takeChange(number: 0).families() + record.tracker.families())
        return String(decoding: registry.text(), as: UTF8.self)
    }
}
