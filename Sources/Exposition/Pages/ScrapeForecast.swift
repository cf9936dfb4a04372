/// Tells when a client's next scrape comes, where its scrapes come at regular times.
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
    /// By so much of the interval before it an interval may differ.
    private static let tolerance = 0.1

    private var clients: [Client: History] = [:]

    /// Takes in a scrape.
    ///
    /// - Returns: When the client's next one is expected; `nil` where nobody can tell.
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
