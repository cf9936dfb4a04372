import Exposition
import Hummingbird

/// Counts and times each request, by the path of its handler.
struct WebMetricsMiddleware: RouterMiddleware {
    /// Paths that no handler has share one label value, so that a stranger cannot make series.
    private static let other = "other"

    let metrics: WebMetrics
    /// Those of the handlers.
    let paths: Set<String>

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let handler = paths.contains(request.uri.path) ? request.uri.path : Self.other
        let metrics = metrics
        @Sendable func count(_ status: HTTPResponse.Status) {
            metrics.requests.add(to: [handler, String(status.code)])
            metrics.durations.observe((ContinuousClock.now - start) / .seconds(1), [handler])
        }
        do {
            var response = try await next(request, context)
            let (status, body) = (response.status, response.body)
            // Counted when the last byte is written, so that a slow reader shows.
            response.body = ResponseBody(contentLength: body.contentLength) { writer in
                defer { count(status) }
                try await body.write(writer)
            }
            return response
        } catch {
            count((error as? any HTTPResponseError)?.status ?? .internalServerError)
            throw error
        }
    }
}
