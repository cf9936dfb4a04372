package import KoreAI
import Model
import Scheduling
package import Tracking

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
        case .publish:
            return try await publishStatus(
                of: target.address,
                credential: target.credential,
                timeout: target.timeout
            ).observation(Observation.publish)
        }
    }
}

/// What came of one poll.
package typealias PollReply = APICall<Observation>

extension APICall {
    /// This call with its value as an observation.
    func observation(_ observation: (Value) -> Observation) -> PollReply {
        PollReply(
            endpoint: endpoint,
            code: code,
            duration: duration,
            result: result.map { Decoded(observation($0.value), unrecognized: $0.unrecognized) },
            exchange: exchange,
            requests: requests
        )
    }
}

/// A poll that is under way: what is asked, and where its reply belongs.
struct PollTicket: Sendable {
    let target: PollTarget
    let client: KoreAIClient
    /// The target's number in the plan that the poll was taken under.
    let number: Int
    /// Which plan that was: a reload makes a new one.
    let generation: Int
    /// Whether the poll comes later than wanted for want of budget.
    let isDelayed: Bool
}
