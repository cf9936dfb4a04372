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
            beforePage: { try await gate.wait(for: .command, of: budget) },
            afterPage: { gate.settle(budget, $0.result.failure) }
        ).result.map(\.value)
    }
}
