package import KoreAI
package import Polling
import Scheduling
package import Tracking

/// Asks targets for their status once, within the budgets.
package struct StatusAsker: Sendable {
    private let client: KoreAIClient
    private let gate: BudgetGate

    package init(client: KoreAIClient, gate: BudgetGate) {
        self.client = client
        self.gate = gate
    }

    /// - Returns: What came of each, in their order; fewer where the task is cancelled.
    package func ask(
        _ targets: [PollTarget]
    ) async -> [(target: Target, result: Result<Observation, APIError>)] {
        await withTaskGroup(of: (Int, Result<Observation, APIError>)?.self) { group in
            for (index, target) in targets.enumerated() {
                group.addTask { try? await (index, ask(target)) }
            }
            var results: [(Int, Result<Observation, APIError>)] = []
            for await result in group {
                if let result { results.append(result) }
            }
            return results.sorted { $0.0 < $1.0 }.map { (targets[$0.0].target, $0.1) }
        }
    }

    private func ask(_ target: PollTarget) async throws -> Result<Observation, APIError> {
        try await gate.wait(for: .command, of: target.budget)
        return try await gate.settling(target.budget) { try await client.poll(target).result.map(\.value) }
    }
}
