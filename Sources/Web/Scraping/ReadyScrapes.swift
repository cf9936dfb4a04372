import Exposition
import HTTPTypes
import Logging
import NIOCore

/// The scrapes that can be answered at once: their pages are ready, and nothing has to be asked first.
struct ReadyScrapes: Sendable {
    let handler: ScrapeHandler
    let configuration: WebConfiguration
    let metrics: WebMetrics
    /// A request that is to be logged is left to the router.
    let logger: Logger

    /// - Returns: `nil` where the router has to answer.
    func answer(to request: HTTPRequest, on channel: any Channel) -> ReadyScrape? {
        guard request.path == handler.path, request.method == .get || request.method == .head,
            request.headerFields[.connection] != "close", logger.logLevel > .debug
        else { return nil }
        let protection = configuration.protection
        guard protection.letsEverybodyAsk(for: handler.path), let place = handler.limit.take(for: channel) else {
            return nil
        }
        let negotiation = Negotiation(request.headerFields)
        guard let body = handler.pages.preparedBody(negotiation.form) else { return nil }
        var headers = negotiation.headers
        headers[.contentLength] = String(body.length)
        headers[.date] = HTTPDate.now
        protection.addHeaders(to: &headers)
        return ReadyScrape(
            form: negotiation.form,
            head: HTTPResponse(status: .ok, headerFields: headers),
            blocks: request.method == .head ? [] : body.blocks,
            place: place
        )
    }

    /// Counts a scrape that was answered, and has its client's next one prepared.
    ///
    /// - Parameters:
    ///   - start: When its request came.
    ///   - duration: Until its last byte was sent.
    func note(_ form: ScrapeForm, by client: String, at start: ContinuousClock.Instant, took duration: Duration) {
        handler.pages.noteScrape(of: form, by: client, now: start)
        metrics.count(.ok, path: handler.path, took: duration)
    }
}
