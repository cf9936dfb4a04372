import Hummingbird
import Logging
import NIOCore

/// One line for each request, at debug: who asked for what, and what came of it.
struct AccessLogMiddleware: RouterMiddleware {
    private static let longestPath = 200

    let logger: Logger

    /// Such as `127.0.0.1:54321` or `[::1]:54321`.
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
        // Without the query, which may hold anything.
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
        return try await Response.following({ try await next(request, context) }, tell: log)
    }
}
