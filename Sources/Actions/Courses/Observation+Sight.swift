import KoreAI
import Tracking

extension Observation {
    /// What the reply says of the latest run or job.
    enum Stage: Hashable {
        case queued
        case running(progress: Double?)
        case succeeded
        case failed
        case unknown
    }

    var stage: Stage {
        switch self {
        case .mlTraining(let reply): Self.stage(of: reply.status)
        case .faqTraining(let reply): Self.stage(of: reply.status)
        case .mlExport(let reply):
            switch reply.status {
            case .pending: .queued
            case .inProgress:
                .running(progress: reply.percentComplete.flatMap { $0.isNaN ? nil : min(max($0 / 100, 0), 1) })
            case .success: .succeeded
            case .failed: .failed
            case .unknown: .unknown
            }
        }
    }

    private static func stage(of status: TrainingStatus) -> Stage {
        switch status {
        case .queued: .queued
        case .inProgress: .running(progress: nil)
        case .finished: .succeeded
        case .failed: .failed
        case .unknown: .unknown
        }
    }
}
