/// How many requests may be made. The defaults are the platform's documented limits.
package struct BudgetSettings: Sendable, Hashable {
    /// What has a budget of its own.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        case bot
        case credential
    }

    package var per: Scope
    package var requestsPerMinute: Int
    package var requestsPerHour: Int

    package init(per: Scope = .bot, requestsPerMinute: Int = 60, requestsPerHour: Int = 1800) {
        self.per = per
        self.requestsPerMinute = requestsPerMinute
        self.requestsPerHour = requestsPerHour
    }
}
