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
            metrics.count(status, path: handler, took: .now - start)
        }
        return try await Response.following({ try await next(request, context) }, tell: count)
    }
}
