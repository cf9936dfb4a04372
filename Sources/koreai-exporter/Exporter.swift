import Curl
import Exposition
import KoreAI
import Logging
import Polling
import ServiceLifecycle
import Settings
import Web

/// The exporter, wired from its settings: polls, and serves what came.
struct Exporter {
    let poller: Poller
    let registry: Registry
    private let curl: CurlClient
    private let web: [WebServer]
    private let logger: Logger

    /// - Throws: `CurlError` where the certificates of `http:` cannot be used.
    init(
        settings: Settings,
        addresses: [ListenAddress],
        options: WebOptions,
        logger: Logger,
        libraryLogger: Logger,
        onListening: @escaping @Sendable (ListenAddress) async -> Void
    ) throws {
        self.logger = logger
        registry = Registry()
        BuildInfo.register(in: registry)
        ReloadGauges.register(in: registry)
        registry.register(ProcessSource())
        curl = try CurlClient(configuration: CurlConfiguration(settings.http, userAgent: BuildInfo.userAgent))
        let poller = Poller(
            plan: PollPlan(settings),
            client: KoreAIClient(curl: curl, maxResponseBytes: settings.http.maxResponseBytes),
            registry: registry,
            maxInFlight: settings.http.maxConnections,
            logger: logger
        )
        self.poller = poller
        let metrics = WebMetrics(registry: registry)
        let registry = registry
        web = addresses.map { address in
            WebServer(
                address: address,
                options: options,
                registry: registry,
                metrics: metrics,
                readiness: { poller.isReady ? .ready : .waiting(targets: poller.waitingTargets) },
                logger: libraryLogger,
                onListening: onListening
            )
        }
    }

    /// What runs until the process is told to end: started in this order and stopped in the opposite one.
    var services: [any Service] {
        [CurlService(client: curl), poller] + web
    }
}
