/// Knows which forms scrapes ask for, and when the forms must be ready.
struct ScrapeDemand: Sendable {
    /// How long the last refresh of each form took.
    var lastRefresh: [ScrapeForm: Duration] = [:]
    private var forecast = ScrapeForecast()
    private var lastScrape: [ScrapeForm: ContinuousClock.Instant] = [:]

    /// Notes a scrape.
    ///
    /// - Returns: When the form must be refreshed for the client's next scrape; `nil` if that is not known.
    mutating func scrape(
        of form: ScrapeForm,
        by client: String,
        at now: ContinuousClock.Instant
    ) -> ContinuousClock.Instant? {
        lastScrape[form] = now
        return forecast.next(afterScrapeAt: now, by: client, form).map { $0 - lead(form) }
    }

    /// Forgets the forms that no scrape asked for since `time`, and returns them.
    mutating func forgetForms(unusedSince time: ContinuousClock.Instant) -> [ScrapeForm] {
        let unused = lastScrape.filter { $0.value < time }.map(\.key)
        for form in unused {
            lastScrape[form] = nil
            lastRefresh[form] = nil
        }
        return unused
    }

    /// How long before an expected scrape its form is refreshed.
    private func lead(_ form: ScrapeForm) -> Duration {
        .milliseconds(150) + (lastRefresh[form] ?? .zero) * 2
    }
}

/// Predicts the next scrape of each client whose scrapes come at regular times.
struct ScrapeForecast: Sendable {
    private struct Client: Hashable {
        var name: String
        var form: ScrapeForm
    }

    private struct History {
        var last: ContinuousClock.Instant
        var interval: Duration?
    }

    private static let shortestInterval = Duration.milliseconds(500)
    private static let longestInterval = Duration.seconds(300)
    private static let mostClients = 32
    /// How much an interval may differ from the one before it, as a fraction of that one.
    private static let tolerance = 0.1

    private var clients: [Client: History] = [:]

    /// Notes a scrape.
    ///
    /// - Returns: When the client's next scrape is expected; `nil` if that is not known.
    mutating func next(
        afterScrapeAt now: ContinuousClock.Instant,
        by name: String,
        _ form: ScrapeForm
    ) -> ContinuousClock.Instant? {
        let client = Client(name: name, form: form)
        guard let known = clients[client], known.last < now else {
            if clients.count >= Self.mostClients {
                clients = clients.filter { now - $0.value.last < Self.longestInterval }
            }
            if clients.count < Self.mostClients { clients[client] = History(last: now) }
            return nil
        }
        let interval = now - known.last
        let isRegular = known.interval.map { abs((interval - $0) / $0) < Self.tolerance } ?? false
        clients[client] = History(last: now, interval: interval)
        guard isRegular, interval >= Self.shortestInterval, interval <= Self.longestInterval else { return nil }
        return now + interval
    }
}
