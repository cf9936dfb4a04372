/// The section `budgets`: the limits for requests. The defaults are the platform's documented limits.
package struct BudgetSettings: Sendable, Hashable {
    /// The unit for which the platform counts status calls.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        /// Each combination of status call, bot, language and state.
        case target
        case bot
        case credential
    }

    package var per: Scope
    package var requestsPerMinute: Int
    package var requestsPerHour: Int

    package init(per: Scope = .target, requestsPerMinute: Int = 60, requestsPerHour: Int = 1800) {
        self.per = per
        self.requestsPerMinute = requestsPerMinute
        self.requestsPerHour = requestsPerHour
    }
}

extension BudgetSettings {
    static let table = SettingsTable<BudgetSettings>(
        "`budgets`",
        standard: BudgetSettings(),
        keys: [
            SettingKey("per", .word(), into: \.per)
                .meaning(
                    """
                    What the platform counts status calls by. With `target` each status call, bot, language and state has a budget, \
                    as the platform's documentation says; what it refuses all the same is learned for the bot. Choose `bot` or \
                    `credential` where it counts a bot's or an account's calls together.
                    """
                ),
            SettingKey("requests_per_minute", .integer(1...100_000), into: \.requestsPerMinute)
                .meaning("The most requests of a budget in any 60 seconds. From 1 to 100000."),
            SettingKey("requests_per_hour", .integer(1...6_000_000), into: \.requestsPerHour)
                .meaning(
                    "The most requests of a budget in any 60 minutes. From 1 to 6000000, and not below `requests_per_minute`."
                ),
        ],
        check: check
    )

    /// Refuses an hourly limit below the limit of a minute: one of the two was probably forgotten.
    private static func check(_ budgets: inout Located<BudgetSettings>, _ reading: inout SettingsReading) {
        guard budgets.requestsPerHour < budgets.requestsPerMinute else { return }
        let hour = "`requests_per_hour` (\(budgets.requestsPerHour)"
        let minute = "`requests_per_minute` (\(budgets.requestsPerMinute)"
        switch (budgets["requests_per_minute"], budgets["requests_per_hour"]) {
        case (let given?, nil) where given.isAccepted:
            reading.complain(
                at: given.mark,
                "\(minute)) must not be above \(hour), its default); set `requests_per_hour` too"
            )
        case (nil, let given?) where given.isAccepted:
            reading.complain(
                at: given.mark,
                "\(hour)) must not be below \(minute), its default); set `requests_per_minute` too"
            )
        case (let minutely?, let hourly?) where minutely.isAccepted && hourly.isAccepted:
            reading.complain(at: hourly.mark, "\(hour)) must not be below \(minute))")
        default: break
        }
    }
}
