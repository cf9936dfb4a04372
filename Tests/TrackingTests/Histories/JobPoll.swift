import KoreAI
import Model

@testable import Tracking

/// A reply about a bot's exports, as a poll got it.
struct JobPoll {
    var kind: TrainingPoll.Kind
    var moment: ClockReading
    /// Which of the true jobs it is about.
    var job: Int
    var status: JobStatus
    var id: String?
    var createdOn: Int64?
    var lastModified: Int64?
    var requestedTime: Int64

    var time: Int64 { moment.uptime }
    var isFinal: Bool { status == .success || status == .failed }

    /// - Parameter skew: By so many milliseconds the platform's clock is ahead of the true time.
    func reply(skew: Int64) -> MLExportReply {
        func time(_ milliseconds: Int64) -> Timestamp {
            Timestamp(milliseconds: 1_700_000_000_000 + milliseconds + skew)
        }
        return MLExportReply(
            status: kind == .unknownWord ? .unknown : status,
            id: id,
            createdOn: createdOn.map(time),
            lastModified: lastModified.map(time),
            requestedTime: time(requestedTime)
        )
    }
}
