/// A budget as it is kept while the exporter does not run: without a time of its own, which is for its keeper to know.
///
/// Requests in flight are counted as made when it was saved. Slots that hold nothing are left out, so that most budgets
/// take some hundred bytes.
package struct SavedBudget: Sendable, Hashable, Codable {
    /// Requests that were made together.
    struct Entry: Sendable, Hashable, Codable {
        /// Milliseconds between them and the moment of saving, at least 0.
        var age: Int64
        var count: Int
    }

    var minute: [Entry]
    var hour: [Entry]
    var learnedPerMinute: Double
    var learnedPerHour: Double
    /// Milliseconds for which the budget was still closed.
    var closedFor: Int64
}
