import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// The exporter's own HTTP server on one address.
package struct WebServer: Service {
    private let address: ListenAddress
    private let configuration: WebConfiguration
    private let connections: ConnectionTable
    private let limits: WebLimits
    private let responder: RouterResponder<WebContext>
    private let logger: Logger
    private let onListening: @Sendable (ListenAddress) async -> Void

    /// - Parameters:
    ///   - routes: The pages for people.
    ///   - configuration: TLS, passwords and headers.
    ///   - connections: Of all addresses together.
    ///   - readiness: Asked by `/-/ready`.
    ///   - reload: Done by `POST /-/reload`, where the options enable it; throws what is wrong with the configuration.
    ///   - alerts: Done by `POST /api/v1/alerts`; gives an HTTP status and a text.
    ///   - onListening: Called once, with the port that the system chose where `address` has none.
    package init(
        address: ListenAddress,
        options: WebOptions,
        pages: MetricsPages,
        routes: PageRoutes,
        configuration: WebConfiguration,
        connections: ConnectionTable,
        metrics: WebMetrics,
        readiness: @escaping @Sendable () -> WebReadiness,
        reload: @escaping @Sendable () async throws -> Void = {},
        alerts: @escaping @Sendable (_ authorization: String?, _ body: [UInt8]) async -> (status: Int, text: String) = {
            _,
            _ in (404, "")
        },
        logger: Logger,
        onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) {
        self.address = address
        self.configuration = configuration
        self.connections = connections
        limits = options.limits
        self.logger = logger
        self.onListening = onListening
        let router = Router(context: WebContext.self)
        router.add(
            middleware: metrics.middleware(
                paths: Set(
                    [options.telemetryPath, "/-/healthy", "/-/ready", "/-/reload", "/api/v1/alerts"] + PageRoutes.paths
                )
            )
        )
        router.add(middleware: AccessLogMiddleware(logger: logger))
        router.add(middleware: RequestLimitMiddleware(limit: options.limits.requests))
        router.add(middleware: ProtectionMiddleware(configuration: configuration))
        let scrapes = ScrapeHandler(pages: pages.store, limit: ScrapeLimit(options.maxRequests))
        for method in [HTTPRequest.Method.get, .head] {
            router.on(RouterPath(options.telemetryPath), method: method) { await scrapes.respond(to: $0, $1) }
        }
        router.get("/-/healthy") { _, _ in
            Response.plain(.ok, "koreai-exporter is healthy.\n")
        }
        router.get("/-/ready") { _, _ in
            switch readiness() {
            case .ready:
                Response.plain(.ok, "koreai-exporter is ready.\n")
            case .waiting(let targets):
                Response.plain(.serviceUnavailable, "Waiting for the first poll of \(targets) targets.\n")
            }
        }
        for method in [HTTPRequest.Method.post, .put] {
            router.on("/-/reload", method: method) { _, _ in
                guard options.isLifecycleEnabled else {
                    return Response.plain(
                        .forbidden,
                        "Reloading over HTTP is not enabled: start koreai-exporter with --web.enable-lifecycle, "
                            + "or send it SIGHUP.\n"
                    )
                }
                do {
                    try await reload()
                    return Response.plain(.ok, "The configuration was reloaded.\n")
                } catch {
                    return Response.plain(.badRequest, "\(error)\n")
                }
            }
        }
        router.post("/api/v1/alerts") { request, _ in
            guard let body = try? await request.body.collect(upTo: options.limits.bodyBytes) else {
                return Response.plain(.contentTooLarge, "A notification may have at most \(options.limits.bodyBytes) bytes.\n")
            }
            let answer = await alerts(request.headers[.authorization], Array(body.readableBytesView))
            return Response.plain(HTTPResponse.Status(code: answer.status), answer.text)
        }
        routes.add(to: router)
        responder = router.buildResponder()
    }

    /// Serves until the service is shut down.
    ///
    /// - Throws: ``ListenError`` where the address cannot be had.
    package func run() async throws {
        let listener = Application(
            responder: responder,
            server: HTTPServerBuilder { [configuration, connections, limits] responder in
                GuardedChannel(responder: responder, configuration: configuration, table: connections, limits: limits)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(address.bindHost, port: address.port),
                // As many as the kernel allows: one that finds no place waits a second to try again.
                backlog: 4096
            ),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? address.port
                await onListening(ListenAddress(host: address.host, port: port))
            },
            logger: logger
        )
        do {
            try await listener.run()
        } catch let error as IOError {
            throw ListenError(address: address, errnoCode: error.errnoCode)
        }
    }
}
