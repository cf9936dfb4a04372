package import KoreAI
import Tracking

extension KoreAIClient {
    /// Asks the target's status call once.
    ///
    /// - Throws: `CancellationError`.
    package func poll(_ target: PollTarget) async throws -> PollReply {
        switch target.target {
        case .training(_, let engine, let language, let state):
            switch engine {
            case .ml:
                return try await mlTrainingStatus(
                    of: target.address,
                    language: language,
                    state: state,
                    credential: target.credential,
                    timeout: target.timeout
                ).observation(Observation.mlTraining)
            case .faq:
                return try await faqTrainingStatus(
                    of: target.address,
                    language: language,
                    state: state,
                    credential: target.credential,
                    timeout: target.timeout
                ).observation(Observation.faqTraining)
            }
        case .export:
            return try await mlExportStatus(
                of: target.address,
                credential: target.credential,
                timeout: target.timeout
            ).observation(Observation.mlExport)
        }
    }
}
