import Glibc
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
    private let scrapes: ReadyScrapes?
    private let responder: RouterResponder<WebContext>
    private let logger: Logger
    private let onListening: @Sendable (ListenAddress) async -> Void

    /// - Parameters:
    ///   - routePrefix: The path under which those of the routes are.
    ///   - configuration: TLS, passwords and headers.
    ///   - connections: Of all addresses together.
    ///   - onListening: Called once, with the port that the system chose where `address` has none.
    package init(
        address: ListenAddress,
        limits: WebLimits = .standard,
        routePrefix: RoutePrefix = .root,
        routes: [WebRoutes],
        configuration: WebConfiguration,
        connections: ConnectionTable,
        metrics: WebMetrics,
        logger: Logger,
        onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) {
        self.address = address
        self.configuration = configuration
        self.connections = connections
        self.limits = limits
        self.logger = logger
        self.onListening = onListening
        scrapes = routes.lazy.compactMap(\.scrapes).first.map {
            ReadyScrapes(handler: $0, metrics: metrics, logger: logger)
        }
        let router = Router(context: WebContext.self)
        func paths(where isSo: (WebRoutes) -> Bool) -> Set<String> {
            Set(routes.filter(isSo).flatMap(\.paths).map(routePrefix.adding))
        }
        let all = routes.flatMap(\.paths).map { (routePrefix.adding($0), $0) }
        router.add(middleware: metrics.middleware(routes: Dictionary(all) { first, _ in first }))
        router.add(middleware: AccessLogMiddleware(logger: logger))
        router.add(middleware: HeadMiddleware())
        router.add(middleware: RequestLimitMiddleware(limit: limits.requests, health: routePrefix.adding("/-/")))
        // A middleware is for what is added after it.
        for group in routes where group.scrapes != nil { group.add(to: router, under: routePrefix) }
        router.add(
            middleware: ProtectionMiddleware(
                configuration: configuration,
                guardedPaths: paths(where: \.areGuarded)
            )
        )
        router.add(
            middleware: ThreadPoolMiddleware(quickPaths: paths(where: \.areQuick))
        )
        router.add(middleware: UnknownRouteMiddleware(routes: routes.flatMap(\.routes), prefix: routePrefix))
        for group in routes where group.scrapes == nil { group.add(to: router, under: routePrefix) }
        responder = router.buildResponder()
    }

    /// Serves until the service is shut down.
    ///
    /// - Throws: ``ListenError`` where the address cannot be had.
    package func run() async throws {
        if let path = address.socketPath { try UnixSocket.removeStale(at: path, of: address) }
        let listener = Application(
            responder: responder,
            server: HTTPServerBuilder { [configuration, connections, limits, scrapes] responder in
                GuardedChannel(
                    responder: responder,
                    configuration: configuration,
                    table: connections,
                    limits: limits,
                    scrapes: scrapes
                )
            },
            configuration: ApplicationConfiguration(
                address: address.socketPath.map { .unixDomainSocket(path: $0) }
                    ?? .hostname(address.bindHost, port: address.port),
                // As many as the kernel allows: one that finds no place waits a second to try again.
                backlog: 4096
            ),
            onServerRunning: { [connections, logger] channel in
                try? await channel.eventLoop.submit {
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptHandler(table: connections, logger: logger),
                        position: .first
                    )
                }.get()
                if let path = address.socketPath {
                    chmod(path, UnixSocket.mode)
                    await onListening(address)
                    return
                }
                let port = channel.localAddress?.port ?? address.port
                await onListening(ListenAddress(host: address.host, port: port))
            },
            logger: logger
        )
        do {
            try await listener.run()
            if let path = address.socketPath { unlink(path) }
        } catch let error as IOError {
            throw ListenError(address: address, errnoCode: error.errnoCode)
        }
    }
}

/// What is known of a request beside what it says.
struct WebContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    var remoteAddress: SocketAddress? { channel.remoteAddress }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Of what is read into memory; the connection's own limit ends a longer body before.
    var maxUploadSize: Int { WebLimits.standard.bodyBytes }
}

/// What the flags say of the exporter's own HTTP server.
package struct WebOptions: Sendable, Hashable {
    /// The path under which all others are.
    package var routePrefix: RoutePrefix
    /// Where clients reach the exporter; `nil` where they do so without a proxy.
    package var externalURL: ExternalURL?
    /// Starts with a slash; under the prefix.
    package var telemetryPath: String
    /// Shown on the landing page.
    package var version: String

    /// Whether `POST /-/reload` reloads the configuration.
    package var isLifecycleEnabled: Bool

    /// How many scrapes are answered at once on one address; 0 for no limit.
    package var maxRequests: Int

    package var limits: WebLimits

    /// - Parameter routePrefix: `nil` for the path of `externalURL`, as Prometheus has it.
    package init(
        externalURL: ExternalURL? = nil,
        routePrefix: RoutePrefix? = nil,
        telemetryPath: String = "/metrics",
        version: String,
        isLifecycleEnabled: Bool = false,
        maxRequests: Int = 40,
        limits: WebLimits = .standard
    ) {
        self.limits = limits
        self.externalURL = externalURL
        self.routePrefix = routePrefix ?? externalURL?.path ?? .root
        self.telemetryPath = telemetryPath
        self.maxRequests = maxRequests
        self.isLifecycleEnabled = isLifecycleEnabled
        self.version = version
    }

    /// The prefix that clients see, which a proxy may take away.
    var visiblePrefix: RoutePrefix { externalURL?.path ?? routePrefix }
}
