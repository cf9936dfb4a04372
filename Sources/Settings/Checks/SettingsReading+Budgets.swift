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
