/// How many requests the platform takes from a bot or credential. The defaults are the documented limits.
package struct BudgetLimits: Sendable, Hashable {
    /// The share that polls leave to triggers and probes.
    static let reserve = 0.1

    /// In any 60 seconds; at least 1.
    package let perMinute: Int
    /// In any 60 minutes; at least 1.
    package let perHour: Int

    package init(perMinute: Int = 60, perHour: Int = 1800) {
        self.perMinute = max(1, perMinute)
        self.perHour = max(1, perHour)
    }

    /// What polls may use of a limit: all but the reserve, and at least one request.
    static func forPolls(_ limit: Int) -> Int {
        max(1, limit - Int((Double(limit) * reserve).rounded(.up)))
    }
}
