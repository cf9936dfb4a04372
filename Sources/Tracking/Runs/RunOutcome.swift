/// How a run or job ended. The raw value stands in the history.
package enum RunOutcome: String, Sendable, Hashable, CaseIterable {
    case success
    case failed
    /// It ended unseen, and what came after it hides how.
    case unknown
}
