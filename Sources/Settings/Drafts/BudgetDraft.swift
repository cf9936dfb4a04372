/// The section `budgets`.
struct BudgetDraft: SectionDraft {
    var per: Given<BudgetSettings.Scope> = .absent
    var requestsPerMinute: Given<Int> = .absent
    var requestsPerHour: Given<Int> = .absent

    static let section = "`budgets`"

    static let keys: [SettingKey<BudgetDraft>] = [
        SettingKey(
            "per",
            .word(),
            into: \.per,
            default: "`\(standard.per.rawValue)`",
            "What has a budget of its own. Choose `credential` where the platform counts all bots of an account together."
        ),
        SettingKey(
            "requests_per_minute",
            .integer(1...100_000),
            into: \.requestsPerMinute,
            default: "`\(standard.requestsPerMinute)`",
            "The most requests in any 60 seconds. From 1 to 100000."
        ),
        SettingKey(
            "requests_per_hour",
            .integer(1...6_000_000),
            into: \.requestsPerHour,
            default: "`\(standard.requestsPerHour)`",
            "The most requests in any 60 minutes. From 1 to 6000000, and not below `requests_per_minute`."
        ),
    ]

    /// Where the defaults come from: the platform's documented limits.
    static let standard = BudgetSettings()
}
