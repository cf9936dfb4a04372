import Hummingbird

extension WebRoutes {
    /// How many probes may be under way on all addresses together: enough for what Prometheus asks at once, and few
    /// enough that scrapes and pages find a place.
    private static let mostProbes = 32

    /// Polls of one bot on demand.
    ///
    /// - Parameter probe: Polls the targets of the query, and waits no longer than it may.
    package static func probe(
        _ probe: @escaping @Sendable (ProbeQuery, _ patience: Duration) async -> ProbeResult
    ) -> WebRoutes {
        let handler = ProbeHandler(limit: ScrapeLimit(mostProbes), probe: probe)
        return WebRoutes(paths: ["/probe"]) { router in
            router.get("/probe") { await handler.respond(to: $0, $1) }
        }
    }
}
