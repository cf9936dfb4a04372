import HTTPTypes
import Hummingbird

extension WebRoutes {
    /// Scrapes.
    package static func metrics(_ pages: MetricsPages, options: WebOptions) -> WebRoutes {
        let scrapes = ScrapeHandler(
            path: options.telemetryPath,
            pages: pages.store,
            limit: ScrapeLimit(options.maxRequests, patience: options.limits.scrapePatience)
        )
        return WebRoutes(paths: [options.telemetryPath], areQuick: true, scrapes: scrapes) { router in
            for method in [HTTPRequest.Method.get, .head] {
                router.on(RouterPath(options.telemetryPath), method: method) { await scrapes.respond(to: $0, $1) }
            }
        }
    }
}
