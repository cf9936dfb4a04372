import KoreAI

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
