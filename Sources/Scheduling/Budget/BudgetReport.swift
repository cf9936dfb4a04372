/// How a budget stands.
package struct BudgetReport: Sendable, Hashable {
    /// Requests that may still be made, the reserve among them.
    package var minuteRemaining: Int
    package var hourRemaining: Int
    /// The limits now in force.
    package var minuteLimit: Int
    package var hourLimit: Int
    /// Whether nothing was used of it and nothing learned, so that it will not change by itself.
    package var isUntouched: Bool

    /// Whether less than half is left in one of the windows.
    package var isScarce: Bool {
        minuteRemaining < minuteLimit / 2 || hourRemaining < hourLimit / 2
    }
}
