import Archive
import CRuntime
import Curl
package import Exposition
import KoreAI
package import Logging
package import Polling
package import ServiceLifecycle
package import Settings
package import Web

/// The exporter, wired from its settings: polls, stores the replies, and serves metrics.
package struct Exporter {
    package let poller: Poller
    package let registry = Registry()
    private let curl: CurlService
    private let archive: Archive
    private let reloader: Reloader
    private let discoverer: Discoverer
    private let canaries: CanaryService
    private let pages: MetricsPages
    let routes: [WebRoutes]
    private let web: [WebServer]
    private let webConfigurationWatch: WebConfigurationWatch

    /// - Parameters:
    ///   - storage: The folder of the store; empty to keep everything in memory.
    ///   - mostPages: The most pages of 1 KiB that the database may have, for tests of a full disk.
    ///   - webConfigurationFile: A path; empty for neither TLS nor passwords.
    ///   - load: Reads the settings again, for a reload.
    /// - Throws: `TelemetryPathError`; `SettingsComplaints` about the web configuration; `CurlError` where the
    ///   certificates of `http:` cannot be used; `ArchiveError` where the store cannot.
    package init(
        settings: Settings,
        storage: String,
        mostPages: UInt32 = .max,
        load: @escaping @Sendable () throws -> Settings,
        addresses: [ListenAddress],
        options: WebOptions,
        webConfigurationFile: String = "",
        logger: Logger,
        libraryLogger: Logger,
        onListening: @escaping @Sendable (ListenAddress) async -> Void
    ) async throws {
        let webConfiguration = try WebConfiguration(path: webConfigurationFile, logger: logger)
        BuildInfo.register(in: registry)
        registry.register(ProcessSource())
        let shares = DescriptorShares.current(
            connections: options.limits.connections,
            platform: settings.http.maxConnections,
            logger: logger
        )
        let curl = try CurlService(settings.http, mostConnections: shares.platform)
        archive = try await Archive.open(at: storage, mostPages: mostPages, logger: logger)
        let discoveryStore = DiscoveryStore(archive: archive, logger: logger)
        let discoveries = try await discoveryStore.discoveries(settings)
        let plan = PollPlan(discoveries.followed)
        let loaded = try await archive.load(plan.targets.map(\.target))
        let poller = Poller(
            plan: plan,
            client: KoreAIClient(curl: curl.client, maxResponseBytes: settings.http.maxResponseBytes),
            archive: archive,
            loaded: loaded,
            registry: registry,
            maxInFlight: settings.http.maxConnections,
            logger: logger
        )
        let inForce = SettingsInForce(
            discoveries,
            registry: registry,
            save: { await discoveryStore.save($0) },
            use: { try await Self.use($0, of: poller, through: curl) }
        )
        discoverer = Discoverer(settings: inForce, poller: poller, logger: logger)
        let counter = CounterVector(ActionFamilies.actions, in: registry)
        canaries = CanaryService(
            poller: poller,
            archive: archive,
            loaded: loaded,
            settings: { inForce.followed },
            counter: counter,
            logger: logger
        )
        let alerts = AlertActions(
            poller: poller,
            archive: archive,
            loaded: loaded,
            settings: { inForce.followed.settings },
            counter: counter,
            logger: logger
        )
        let reloader = Reloader(
            load: load,
            use: { try await inForce.configure($0) },
            gauges: ReloadGauges(registry: registry),
            logger: logger
        )
        let (pages, metrics) = (MetricsPages(registry), WebMetrics(registry: registry))
        let connections = ConnectionTable(limit: shares.connections, capacity: shares.capacity)
        routes = [
            .metrics(pages, configuration: webConfiguration, options: options),
            .health { poller.isReady ? .ready : .waiting(targets: poller.waitingTargets) },
            .lifecycle(options: options) { try await reloader.reload() },
            .alerts(options: options) { await alerts.handle(authorization: $0, body: $1) },
            .probe { await .of($0, within: $1, by: poller, settings: { inForce.followed.settings }) },
            .discovery(options: options) {
                poller.bots.map { ProbeTarget(bot: $0.name, id: $0.id, labels: $0.labels) }
            },
            .configuration { YAMLText(inForce.configured).document },
            .api(APISource(poller: poller, archive: archive)),
            try .pages(PageSource(poller: poller, archive: archive), options: options),
        ]
        try TelemetryPathError.check(options.telemetryPath, isIn: Array(routes.dropFirst()))
        web = addresses.map { [routes] address in
            WebServer(
                address: address,
                limits: options.limits,
                routePrefix: options.routePrefix,
                routes: routes,
                configuration: webConfiguration,
                connections: connections,
                metrics: metrics,
                logger: libraryLogger,
                onListening: onListening
            )
        }
        webConfigurationWatch = WebConfigurationWatch(webConfiguration)
        (self.curl, self.poller, self.reloader, self.pages) = (curl, poller, reloader, pages)
    }

    /// The services that run until the process is told to end, started in this order and stopped in the reverse one.
    package var services: [any Service] {
        [ArchiveService(archive: archive), curl, poller, reloader, discoverer, canaries, pages, webConfigurationWatch]
            + web
    }

    /// Follows other settings from now on. Targets that did not change go on undisturbed.
    private static func use(_ settings: Settings, of poller: Poller, through curl: CurlService) async throws {
        let client = try curl.client(for: settings.http)
        try await poller.reload(
            PollPlan(settings, after: poller.plan),
            client: KoreAIClient(curl: client, maxResponseBytes: settings.http.maxResponseBytes),
            maxInFlight: settings.http.maxConnections
        )
        curl.use(client, for: settings.http)
    }
}

/// The path for scrapes is one that the exporter answers with something else.
struct TelemetryPathError: Error, CustomStringConvertible {
    let path: String

    var description: String {
        "--web.telemetry-path is \(path), which the exporter answers with something else: choose another, as /metrics"
    }

    /// - Parameter others: All routes but those for scrapes.
    /// - Throws: `TelemetryPathError` where one of them has the path.
    static func check(_ path: String, isIn others: [WebRoutes]) throws(TelemetryPathError) {
        let taken = others.flatMap(\.paths).map { $0.split(separator: "/") }
        if taken.contains(path.split(separator: "/")) { throw TelemetryPathError(path: path) }
    }
}
