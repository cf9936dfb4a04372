import KoreAI
import Synchronization

extension Poller {
    /// Starts a run on the platform, within what the bot's budget keeps for it. The polls find it soon, and count it as
    /// every other.
    ///
    /// - Throws: `CancellationError`.
    package func start(_ order: StartOrder, of bot: String) async throws -> StartOutcome {
        let (ticket, refusal) = state.withLock { $0.beginStart(order, of: bot, now: clock.now) }
        guard let ticket else { return refusal ?? .unknownBot }
        do {
            let call = try await ticket.client.start(order, of: ticket.bot)
            metrics.count(call, ofBudget: ticket.bot.budget)
            var failure: APIError?
            if case .failure(let error) = call.result { failure = error }
            state.withLock { $0.endStart(ticket, failure, now: clock.now) }
            return failure.map { .failed($0) } ?? .started
        } catch {
            state.withLock { $0.endStart(ticket, nil, now: clock.now) }
            throw error
        }
    }
}
