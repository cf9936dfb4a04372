/// How many requests may be made. The defaults are the platform's documented limits.
package struct BudgetSettings: Sendable, Hashable {
    /// What the platform counts status calls by.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        /// Each status call, bot, language and state.
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
            """
            What the platform counts status calls by. With `target` each status call, bot, language and state has a budget, \
            as the platform's documentation says; what it refuses all the same is learned for the bot. Choose `bot` or \
            `credential` where it counts a bot's or an account's calls together.
            """
        ),
        SettingKey(
            "requests_per_minute",
            .integer(1...100_000),
            into: \.requestsPerMinute,
            default: "`\(standard.requestsPerMinute)`",
            "The most requests of a budget in any 60 seconds. From 1 to 100000."
        ),
        SettingKey(
            "requests_per_hour",
            .integer(1...6_000_000),
            into: \.requestsPerHour,
            default: "`\(standard.requestsPerHour)`",
            "The most requests of a budget in any 60 minutes. From 1 to 6000000, and not below `requests_per_minute`."
        ),
    ]

    /// Where the defaults come from: the platform's documented limits.
    static let standard = BudgetSettings()
}

extension SettingsReading {
    mutating func budgets(of draft: BudgetDraft) -> BudgetSettings {
        var settings = BudgetDraft.standard
        settings.per = draft.per.value ?? settings.per
        settings.requestsPerMinute = draft.requestsPerMinute.value ?? settings.requestsPerMinute
        settings.requestsPerHour = draft.requestsPerHour.value ?? settings.requestsPerHour
        // A budget for an hour that is used up within its first minute is a number that was forgotten.
        if settings.requestsPerHour < settings.requestsPerMinute {
            let hour = "`requests_per_hour` (\(settings.requestsPerHour)"
            let minute = "`requests_per_minute` (\(settings.requestsPerMinute)"
            switch (draft.requestsPerMinute, draft.requestsPerHour) {
            case (.given(_, let mark), .absent):
                complain(at: mark, "\(minute)) must not be above \(hour), its default); set `requests_per_hour` too")
            case (.absent, .given(_, let mark)):
                complain(at: mark, "\(hour)) must not be below \(minute), its default); set `requests_per_minute` too")
            case (.given, .given(_, let mark)):
                complain(at: mark, "\(hour)) must not be below \(minute))")
            default: break
            }
        }
        return settings
    }
}
