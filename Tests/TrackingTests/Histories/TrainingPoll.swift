import KoreAI
import Model

@testable import Tracking

/// A reply about a training target, as a poll got it.
struct TrainingPoll {
    enum Kind {
        /// As things are.
        case plain
        /// As they are, but in a word that nobody knows.
        case unknownWord
        /// As they once were, from a server that lags behind, which its version or time gives away.
        case old
    }

    var kind: Kind
    var moment: ClockReading
    var status: TrainingStatus
    var version: Int64?
    var modifiedOn: Int64?
    var flags: [SyncFlag] = []

    var time: Int64 { moment.uptime }
    var isFinal: Bool { status == .finished || status == .failed }

    var mlReply: MLTrainingReply {
        MLTrainingReply(status: kind == .unknownWord ? .unknown : status, syncFlags: flags, trainVersion: version)
    }

    /// - Parameter skew: By so many milliseconds the platform's clock is ahead of the true time.
    func faqReply(skew: Int64) -> FAQTrainingReply {
        let time = modifiedOn.map { Timestamp(milliseconds: 1_700_000_000_000 + $0 + skew) }
        // The FAQ reply has no word for a run that waits.
        let word: TrainingStatus = status == .queued ? .inProgress : status
        return FAQTrainingReply(status: kind == .unknownWord ? .unknown : word, modifiedOn: time)
    }
}
