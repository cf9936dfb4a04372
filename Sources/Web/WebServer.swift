import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// The exporter's own HTTP server on one address.
package struct WebServer: Service {
    private let address: ListenAddress
    private let responder: RouterResponder<WebContext>
    private let logger: Logger
    private let onListening: @Sendable (ListenAddress) async -> Void

    /// - Parameters:
    ///   - readiness: Asked by `/-/ready`.
    ///   - reload: Done by `POST /-/reload`, where the options enable it; throws what is wrong with the configuration.
    ///   - onListening: Called once, with the port that the system chose where `address` has none.
    package init(
        address: ListenAddress,
        options: WebOptions,
        pages: MetricsPages,
        metrics: WebMetrics,
        readiness: @escaping @Sendable () -> WebReadiness,
        reload: @escaping @Sendable () async throws -> Void = {},
        logger: Logger,
        onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) {
        self.address = address
        self.logger = logger
        self.onListening = onListening
        let router = Router(context: WebContext.self)
        router.add(
            middleware: metrics.middleware(paths: [options.telemetryPath, "/", "/-/healthy", "/-/ready", "/-/reload"])
        )
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
        let landingPage = LandingPage(options: options).html
        router.get("/") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/html; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: landingPage))
            )
        }
        responder = router.buildResponder()
    }

    /// Serves until the service is shut down.
    ///
    /// - Throws: ``ListenError`` where the address cannot be had.
    package func run() async throws {
        let listener = Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname(address.bindHost, port: address.port)),
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

extension Response {
    fileprivate static func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
