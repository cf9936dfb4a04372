package import KoreAI
import Scheduling

/// Asks for the list of an account's bots, within the budgets.
package struct BotLister: Sendable {
    private let client: KoreAIClient
    private let gate: BudgetGate

    package init(client: KoreAIClient, gate: BudgetGate) {
        self.client = client
        self.gate = gate
    }

    /// - Throws: `CancellationError`.
    package func list(
        baseURL: String,
        credential: Credential,
        timeout: Duration
    ) async throws -> Result<[BotPage.Bot], APIError> {
        let budget = credential.name
        return try await client.allBots(
            baseURL: baseURL,
            credential: credential,
            timeout: timeout,
            beforePage: {
                while let chance = gate.take(.command, of: budget) {
                    try await ContinuousClock().sleep(until: chance)
                }
            },
            afterPage: { call in
                if case .failure(let error) = call.result {
                    gate.settle(budget, error)
                } else {
                    gate.settle(budget, nil)
                }
            }
        ).result.map(\.value)
    }
}
