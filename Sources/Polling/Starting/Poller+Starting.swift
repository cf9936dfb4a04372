import Archive
import KoreAI
package import Model
import Scheduling
import Synchronization
import Tracking

extension Poller {
    /// Starts a run on the platform, within what the bot's budget keeps for it. The polls find it soon, and count it as
    /// every other.
    ///
    /// - Parameter entry: The history's entry. Once the polls tell how the run ended, the entry gets that as its outcome.
    /// - Throws: `CancellationError`.
    package func start(_ order: StartOrder, of bot: String, entry: ActionEntry? = nil) async throws -> StartOutcome {
        let (ticket, refusal) = state.withLock { $0.beginStart(order, of: bot, now: clock.now) }
        guard let ticket else { return refusal ?? .unknownBot }
        do {
            let call = try await ticket.client.start(order, of: ticket.bot)
            metrics.count(call, ofBudget: .bot(bot))
            let id = call.result.map { RunID.shown($0.value.id) }
            state.withLock { $0.endStart(ticket, id, entry, now: clock.now) }
            switch id {
            case .success(let id): return .started(id: id)
            case .failure(let error): return .failed(error)
            }
        } catch {
            state.withLock { $0.endStart(ticket, .success(nil), now: clock.now) }
            throw error
        }
    }
}

extension PollState {
    /// A start that is under way: what to send, and whose budget pays for it.
    struct StartTicket: Sendable {
        let bot: PollTarget
        let client: KoreAIClient
        /// The target that will show the run.
        let target: Target
        let order: StartOrder
        /// The target's tracker before the start; `nil` where it is not polled.
        let known: TargetTracker?
    }

    /// Takes the request for a start out of the bot's budget.
    ///
    /// - Returns: The ticket, after which ``endStart(_:_:now:)`` has to follow, or why there is none.
    mutating func beginStart(
        _ order: StartOrder,
        of bot: String,
        now: Instant
    ) -> (ticket: StartTicket?, refusal: StartOutcome?) {
        guard let any = plan.targets.firstIndex(where: { $0.target.bot == bot }) else { return (nil, .unknownBot) }
        let target = order.target(of: bot)
        let known = numbers[target].map { records[$0].tracker }
        if let known, known.health == .active { return (nil, .alreadyRunning) }
        guard takeCall(of: .bot(bot), now: now) == nil else { return (nil, .outOfBudget) }
        return (StartTicket(bot: plan.targets[any], client: client, target: target, order: order, known: known), nil)
    }

    /// The request was answered, or not.
    ///
    /// - Parameters:
    ///   - result: The platform's id, fit to be shown, where it told one, or why it did not take the start.
    ///   - entry: The history's entry, which gets how the run ends.
    mutating func endStart(
        _ ticket: StartTicket,
        _ result: Result<String?, APIError>,
        _ entry: ActionEntry? = nil,
        now: Instant
    ) {
        let error: APIError? = if case .failure(let error) = result { error } else { nil }
        _ = endCall(.bot(ticket.bot.target.bot), error, now: now)
        // A start whose answer is lost may have been taken.
        guard let number = numbers[ticket.target] else { return }
        schedule.expectRun(number, now: now)
        guard case .success(let id) = result else { return }
        if var entry, let known = ticket.known {
            entry.runID = id
            records[number].follow(FollowedStart(ticket.order, entry, after: known))
        }
        if let id {
            records[number].started(id: id)
            unsaved.outbox.add(records[number].tracker)
        }
    }
}
