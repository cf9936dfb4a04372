package import KoreAI
import Model
import Scheduling
package import Tracking

extension KoreAIClient {
    /// Asks the target's status call once.
    ///
    /// - Throws: `CancellationError`.
    package func poll(_ target: PollTarget) async throws -> PollReply {
        let bot = target.access
        switch target.target {
        case .training(_, .ml, let language, let state):
            return try await mlTrainingStatus(of: bot, language: language, state: state).map(Observation.mlTraining)
        case .training(_, .faq, let language, let state):
            return try await faqTrainingStatus(of: bot, language: language, state: state).map(Observation.faqTraining)
        case .export: return try await mlExportStatus(of: bot).map(Observation.mlExport)
        case .publish: return try await publishStatus(of: bot).map(Observation.publish)
        }
    }
}

/// The result of one poll.
package typealias PollReply = APICall<Observation>

/// A poll that is under way: what is asked, and where its reply belongs.
struct PollTicket: Sendable {
    let target: PollTarget
    let client: KoreAIClient
    /// The target's number in the plan that the poll was taken under.
    let number: Int
    /// The generation of that plan: a reload makes a new one.
    let generation: Int
    /// Whether the poll comes later than wanted for want of budget.
    let isDelayed: Bool
}
