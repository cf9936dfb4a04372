/// A budget as it is kept while the exporter does not run: without a time of its own, which is for its keeper to know.
///
/// Requests in flight are counted as made when it was saved. Slots that hold nothing are left out, so that most budgets
/// take some hundred bytes.
package struct SavedBudget: Sendable, Hashable {
    /// Requests that were made together.
    package struct Entry: Sendable, Hashable {
        /// Milliseconds between them and the moment of saving, at least 0.
        package var age: Int64
        package var count: Int

        package init(age: Int64, count: Int) {
            self.age = age
            self.count = count
        }
    }

    package var minute: [Entry] = []
    package var hour: [Entry] = []
    /// The limits in force; where one is not a number it is the configured one.
    package var learnedPerMinute = Double.nan
    package var learnedPerHour = Double.nan
    /// Milliseconds for which the budget was still closed.
    package var closedFor: Int64 = 0

    package init() {}
}
