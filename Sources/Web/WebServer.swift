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
    ///   - routePrefix: The path in front of all paths of the routes.
    ///   - configuration: TLS, passwords, rate limit and headers.
    ///   - connections: The connections of all addresses together.
    ///   - onListening: Called once, with the port that the system chose if the port of `address` is 0.
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
        // A middleware applies only to routes that are added after it.
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
    /// - Throws: ``ListenError`` if the exporter cannot listen on the address.
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
                // The kernel lowers this to its own limit. A client that finds the queue full retries only after a
                // second.
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

/// The context of a request: the connection that it came on.
struct WebContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    var remoteAddress: SocketAddress? { channel.remoteAddress }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The limit, in bytes, for bodies read into memory; ``RequestHandler`` enforces the connection's limit before.
    var maxUploadSize: Int { WebLimits.standard.bodyBytes }
}

/// The command-line flags of the exporter's own HTTP server.
package struct WebOptions: Sendable, Hashable {
    /// The path in front of all other paths.
    package var routePrefix: RoutePrefix
    /// The URL at which clients reach the exporter; `nil` if there is no proxy.
    package var externalURL: ExternalURL?
    /// Starts with a slash, and follows the prefix.
    package var telemetryPath: String
    /// Shown on the landing page.
    package var version: String

    /// Whether `POST /-/reload` reloads the configuration.
    package var isLifecycleEnabled: Bool

    /// How many scrapes are answered at once on all addresses; 0 for no limit.
    package var maxRequests: Int

    package var limits: WebLimits

    /// - Parameter routePrefix: `nil` for the path of `externalURL`, as in Prometheus.
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

    /// The prefix in the URLs of clients, which a proxy may remove.
    var visiblePrefix: RoutePrefix { externalURL?.path ?? routePrefix }
}
