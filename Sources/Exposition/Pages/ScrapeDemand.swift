/// Which forms are asked for, and when they must be ready.
struct ScrapeDemand: Sendable {
    /// How long it took to refresh a form.
    var lastRefresh: [ScrapeForm: Duration] = [:]
    private var forecast = ScrapeForecast()
    private var lastScrape: [ScrapeForm: ContinuousClock.Instant] = [:]

    /// Takes in a scrape.
    ///
    /// - Returns: When the form must be refreshed for the client's next one; `nil` where nobody can tell.
    mutating func scrape(
        of form: ScrapeForm,
        by client: String,
        at now: ContinuousClock.Instant
    ) -> ContinuousClock.Instant? {
        lastScrape[form] = now
        return forecast.next(afterScrapeAt: now, by: client, form).map { $0 - lead(form) }
    }

    /// - Returns: The forms that nobody asked for since then.
    mutating func forgetForms(unusedSince time: ContinuousClock.Instant) -> [ScrapeForm] {
        let unused = lastScrape.filter { $0.value < time }.map(\.key)
        for form in unused {
            lastScrape[form] = nil
            lastRefresh[form] = nil
        }
        return unused
    }

    /// How long before a scrape its form is refreshed.
    private func lead(_ form: ScrapeForm) -> Duration {
        .milliseconds(150) + (lastRefresh[form] ?? .zero) * 2
    }
}
