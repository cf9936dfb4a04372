import KoreAI

/// What a training reply says that matters to telling runs apart.
struct RunReading: Sendable, Hashable {
    var status: TrainingStatus
    /// `trainVersion` of an ML reply: it rises with each training that succeeds.
    var version: Int64?
    /// `modifiedOn` of an FAQ reply: the time of the last change of the status.
    var modifiedOn: Timestamp?

    init(status: TrainingStatus, version: Int64? = nil, modifiedOn: Timestamp? = nil) {
        self.status = status
        self.version = version
        self.modifiedOn = modifiedOn
    }

    init(_ reply: MLTrainingReply) {
        self.init(status: reply.status, version: reply.trainVersion)
    }

    init(_ reply: FAQTrainingReply) {
        self.init(status: reply.status, modifiedOn: reply.modifiedOn)
    }

    /// How the last run ended, where none is under way.
    var outcome: RunOutcome? {
        switch status {
        case .finished: .success
        case .failed: .failed
        case .queued, .inProgress, .unknown: nil
        }
    }
}
