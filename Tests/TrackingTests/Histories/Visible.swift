/// A run or job of which the replies show that it ended, by the test's own reasoning.
struct Visible: Equatable {
    enum Outcome: Equatable {
        case success
        case failure
        case unknown
    }

    /// Which of the replies shows it: of a training all but old ones count, of a job those with a known word.
    var reply: Int
    var outcome: Outcome
    /// Milliseconds, and by how much it may be wrong; `nil` where nobody can know.
    var duration: Int64?
    var bound: Int64 = 0
    /// How long it really took, where the replies are about one and the same; by the platform's times where they give it,
    /// which may be cut to whole seconds.
    var truth: ClosedRange<Int64>?
}
