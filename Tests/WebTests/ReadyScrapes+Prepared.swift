import Exposition
import FoundationEssentials
import HTTPTypes
import Logging
import NIOCore
import TestSupport

@testable import Web

extension ReadyScrapes {
    /// Plain text, prepared for a scrape; it shows `test_value 1`.
    static func prepared(
        webConfiguration: String? = nil,
        maxRequests: Int = 40,
        registry: Registry = Registry(),
        logger: Logger = .quiet
    ) async throws -> ReadyScrapes {
        let family = MetricFamily("test_value", .gauge, help: "A value.")
        registry.update([FamilySamples(family, group: SeriesGroup([]), [Sample([], number: 1)])])
        let metrics = WebMetrics(registry: registry)
        let pages = PageStore<ByteBuffer>(registry)
        _ = await pages.scrape(ScrapeForm(.text, .identity))
        // As of later, so that it does not become too old within a test.
        await pages.prepare(ScrapeForm(.text, .identity), now: .now + .seconds(3600))
        return ReadyScrapes(
            handler: ScrapeHandler(
                policy: ScrapePolicy(
                    path: "/metrics",
                    route: "/metrics",
                    configuration: try configuration(webConfiguration),
                    limit: ScrapeLimit(maxRequests)
                ),
                pages: pages
            ),
            metrics: metrics,
            logger: logger
        )
    }

    private static func configuration(_ text: String?) throws -> WebConfiguration {
        guard let text else { return try WebConfiguration(path: "", logger: .quiet) }
        let file = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString).yml").path
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        return try WebConfiguration(path: file, logger: .quiet)
    }
}

extension HTTPRequest {
    static func scrape(
        method: HTTPRequest.Method = .get,
        path: String = "/metrics",
        _ headers: HTTPFields = [:]
    ) -> HTTPRequest {
        HTTPRequest(method: method, scheme: "http", authority: "a", path: path, headerFields: headers)
    }
}
