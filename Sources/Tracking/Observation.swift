package import KoreAI

/// A good reply about a target.
package enum Observation: Sendable, Hashable {
    case mlTraining(MLTrainingReply)
    case faqTraining(FAQTrainingReply)
    case mlExport(MLExportReply)

    /// Whose reply it is.
    package var collector: Collector {
        switch self {
        case .mlTraining: .mlTraining
        case .faqTraining: .faqTraining
        case .mlExport: .mlExport
        }
    }

    /// Whether something is queued or running, so that the target is worth asking about again soon.
    package var isActive: Bool {
        switch self {
        case .mlTraining(let reply): reply.status.isActive
        case .faqTraining(let reply): reply.status.isActive
        case .mlExport(let reply): reply.isUnderWay
        }
    }
}

extension TrainingStatus {
    fileprivate var isActive: Bool {
        self == .queued || self == .inProgress
    }
}
