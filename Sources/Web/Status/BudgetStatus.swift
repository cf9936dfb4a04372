/// What is left of the requests that a bot's budget allows.
package struct BudgetStatus: Sendable {
    package struct Window: Sendable {
        /// Requests that may still be made.
        package var remaining: Int
        /// Requests that may be made in all.
        package var limit: Int

        package init(remaining: Int, limit: Int) {
            self.remaining = remaining
            self.limit = limit
        }
    }

    package var minute: Window
    package var hour: Window

    package init(minute: Window, hour: Window) {
        self.minute = minute
        self.hour = hour
    }
}
