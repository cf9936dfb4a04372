import KoreAI
import Model
import TestSupport
import Testing
import Tracking

@testable import Polling

struct PollLogTests {
    private static let training = Target.training(bot: "banking", engine: .ml, language: "en", state: .configured)

    /// The lines of these replies, a minute apart.
    private func lines(_ target: Target, _ replies: [Result<Observation, APIError>]) -> [[String]] {
        let lines = LogLines()
        let log = PollLog(logger: lines.logger())
        var record = PollRecord(target)
        return replies.enumerated().map { number, reply in
            let minutes = Int64(number) * 60_000
            let moment = ClockReading(
                wall: Timestamp(milliseconds: 1_790_000_000_000 + minutes),
                uptime: minutes,
                boot: 1
            )
            let poll = PollReply(
                endpoint: .mlTrainStatus,
                code: 200,
                duration: .seconds(1),
                result: reply.map { Decoded($0) }
            )
            log.write(record.finish(poll, at: moment), of: target)
            return lines.take()
        }
    }

    private func ml(_ status: TrainingStatus, _ version: Int64, inSync: Bool = true) -> Result<Observation, APIError> {
        let flags = [SyncFlag(component: "ner", inSync: inSync)]
        return .success(.mlTraining(MLTrainingReply(status: status, syncFlags: flags, trainVersion: version)))
    }

    @Test("each change of a training has one line at info, and what stays as it is has none")
    func training() {
        let lines = lines(
            Self.training,
            [
                ml(.finished, 1), ml(.finished, 1, inSync: false), ml(.finished, 1, inSync: false), ml(.inProgress, 1),
                ml(.inProgress, 1), ml(.finished, 2), ml(.finished, 2),
            ]
        )
        let target = "target=banking/ml_training/en/configured"
        #expect(lines.map(\.count) == [0, 1, 0, 2, 0, 1, 0])
        #expect(lines[1] == ["info a drift began components=ner \(target)"])
        #expect(lines[3].first == "info a training began status=in_progress \(target)")
        #expect(lines[3].last == "info a drift ended components=ner since=2026-09-21T14:14:20.000Z \(target)")
        let ended = lines[5].first ?? ""
        #expect(ended.hasPrefix("info a training ended bound="))
        #expect(ended.contains(" duration=120.0 seconds ") && ended.hasSuffix("outcome=success \(target)"), "\(ended)")
    }

    @Test("a target that fails has a line when it begins to, one for each other reason, and one when it ends")
    func failures() {
        func failure(_ reason: APIError.Reason) -> Result<Observation, APIError> {
            .failure(APIError(reason: reason, code: 500, message: "no"))
        }
        let lines = lines(
            Self.training,
            [
                ml(.finished, 1), failure(.timeout), failure(.timeout), failure(.serverError), failure(.timeout),
                ml(.finished, 1), ml(.finished, 1),
            ]
        )
        #expect(lines.map(\.count) == [0, 1, 0, 1, 0, 1, 0])
        #expect(lines[1].first?.hasPrefix("warning polls fail code=500 error=no reason=timeout") == true)
        #expect(lines[5] == ["info polls succeed again target=banking/ml_training/en/configured"])
    }

    @Test("an export has a line when it begins and when it ends")
    func exports() {
        func export(_ status: JobStatus, _ id: String) -> Result<Observation, APIError> {
            .success(.mlExport(MLExportReply(status: status, id: id)))
        }
        let lines = lines(
            .export(bot: "banking"),
            [export(.success, "a"), export(.inProgress, "b"), export(.inProgress, "b"), export(.failed, "b")]
        )
        #expect(lines.map(\.count) == [0, 1, 0, 1])
        #expect(lines[1] == ["info an export began status=in_progress target=banking/ml_export"])
        #expect(lines[3].first?.hasPrefix("info an export ended ") == true)
        #expect(lines[3].first?.contains("outcome=failed") == true)
    }
}
