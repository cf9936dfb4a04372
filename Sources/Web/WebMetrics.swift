package import Exposition
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// The metrics of the exporter's own HTTP server, for all its addresses together.
package struct WebMetrics: Sendable {
    private let requests: CounterVector
    private let durations: HistogramVector

    package init(registry: Registry) {
        requests = CounterVector(WebFamilies.requests, in: registry)
        durations = HistogramVector(
            WebFamilies.requestDuration,
            bounds: WebFamilies.requestDurationBounds,
            in: registry
        )
    }

    /// Counts a request whose response has been sent.
    func count(_ status: HTTPResponse.Status, path: String, took duration: Duration) {
        requests.add(to: [path, String(status.code)])
        durations.observe(duration / .seconds(1), [path])
    }

    /// - Parameter routes: The value of the label `handler` for each path.
    func middleware(routes: [String: String]) -> WebMetricsMiddleware {
        WebMetricsMiddleware(metrics: self, routes: routes)
    }
}

/// The families of the exporter's own HTTP server.
package enum WebFamilies {
    package static let requests = MetricFamily.counter("koreai_exporter_http_requests_total", ["handler", "code"])
        .help("HTTP requests that the exporter answered.")
    package static let requestDuration = MetricFamily.histogram(
        "koreai_exporter_http_request_duration_seconds",
        ["handler"]
    )
    .help("How long the exporter took to answer an HTTP request, until its last byte was written.")
    /// The bounds of the classic buckets of `requestDuration`, in seconds.
    package static let requestDurationBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

    package static let all = [requests, requestDuration]
}

/// Counts and times each request, by the path of its handler.
struct WebMetricsMiddleware: RouterMiddleware {
    /// All unknown paths share one label value, so that a client cannot create series.
    private static let other = "other"

    let metrics: WebMetrics
    /// The values of the label `handler` by path.
    let routes: [String: String]

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let handler = routes[request.uri.path] ?? Self.other
        let metrics = metrics
        @Sendable func count(_ status: HTTPResponse.Status) {
            metrics.count(status, path: handler, took: .now - start)
        }
        return try await Response.following({ try await next(request, context) }, onEnd: count)
    }
}

/// Logs one line for each request, at debug level: the client, the request and the response.
struct AccessLogMiddleware: RouterMiddleware {
    private static let longestPath = 200

    let logger: Logger

    /// The address and port, such as `127.0.0.1:54321` or `[::1]:54321`; empty for a Unix socket.
    private static func words(_ address: SocketAddress?) -> String {
        guard let address, let host = address.ipAddress, let port = address.port else { return "" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard logger.logLevel <= .debug else { return try await next(request, context) }
        let start = ContinuousClock.now
        let logger = logger
        // The query is not logged, because it may contain anything.
        let path = String(request.uri.path.prefix(Self.longestPath))
        @Sendable func log(_ status: HTTPResponse.Status) {
            logger.debug(
                "request",
                metadata: [
                    "method": "\(request.method)", "path": "\(path)", "status": "\(status.code)",
                    "duration": "\(ContinuousClock.now - start)",
                    "remote": "\(Self.words(context.remoteAddress))",
                ]
            )
        }
        return try await Response.following({ try await next(request, context) }, onEnd: log)
    }
}

extension Response {
    /// Makes a response, and calls `onEnd` when its last byte is written, so that the time of slow clients counts. If
    /// making it fails, `onEnd` gets the status of the error.
    static func following(
        _ make: () async throws -> Response,
        onEnd: @escaping @Sendable (HTTPResponse.Status) -> Void
    ) async throws -> Response {
        do {
            var response = try await make()
            let (status, body) = (response.status, response.body)
            response.body = ResponseBody(contentLength: body.contentLength) { writer in
                defer { onEnd(status) }
                try await body.write(writer)
            }
            return response
        } catch {
            onEnd((error as? any HTTPResponseError)?.status ?? .internalServerError)
            throw error
        }
    }
}
