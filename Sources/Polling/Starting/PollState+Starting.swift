import KoreAI
import Scheduling
import Tracking

extension PollState {
    /// A start that is under way: what to send, and whose budget pays for it.
    struct StartTicket: Sendable {
        let bot: PollTarget
        let client: KoreAIClient
        /// What will show the run.
        let target: Target
    }

    /// Takes the request for a start out of the bot's budget, which may use the reserve.
    ///
    /// - Returns: The ticket, after which ``endStart(_:_:now:)`` has to follow, or why there is none.
    mutating func beginStart(
        _ order: StartOrder,
        of bot: String,
        now: Instant
    ) -> (ticket: StartTicket?, refusal: StartOutcome?) {
        guard let any = plan.targets.firstIndex(where: { $0.target.bot == bot }) else { return (nil, .unknownBot) }
        let target = order.target(of: bot)
        if let number = numbers[target], records[number].tracker.standing == .active { return (nil, .alreadyRunning) }
        let budget = budgets.members[any].budget
        guard schedule.takeCommand(budget: budget, now: now) else { return (nil, .outOfBudget) }
        unsaved.count(requestOf: budget, isScarce: schedule.report(ofBudget: budget, now: now).isScarce)
        return (StartTicket(bot: plan.targets[any], client: client, target: target), nil)
    }

    /// The request was answered, or not.
    ///
    /// - Parameter error: Why the platform did not take it.
    mutating func endStart(_ ticket: StartTicket, _ error: APIError?, now: Instant) {
        if let budget = budgets.numbers[ticket.bot.budget] {
            let isThrottled = error?.reason == .throttled
            let outcome: Schedule.Outcome = isThrottled ? .throttled(retryAfter: error?.retryAfter) : .quiet
            schedule.endCommand(budget: budget, outcome, now: now)
            if isThrottled { unsaved.budgets.insert(budget) }
        }
        // A start whose answer is lost may have been taken.
        if let number = numbers[ticket.target] { schedule.expectRun(number, now: now) }
    }
}
