import Exposition
import FoundationEssentials
import Logging
import Model
import NIOCore
import ServiceLifecycle
import TestSupport
import Testing

@testable import Web

/// The exporter's own HTTP server without an exporter behind it.
struct RunningWeb {
    let port: Int
    let configuration: WebConfiguration
    let connections: ConnectionTable
    let pages: PageStore<ByteBuffer>

    /// Serves while `body` runs.
    ///
    /// - Parameters:
    ///   - webConfiguration: The text of the web configuration file; `nil` for none.
    ///   - targets: What `/sd` lists.
    ///   - capacity: Connections that descriptors allow.
    ///   - reload: What `POST /-/reload` does.
    ///   - routes: Beside those of metrics, health, reload, alerts and pages.
    static func with<Value>(
        _ webConfiguration: String? = nil,
        at address: ListenAddress = ListenAddress(host: "127.0.0.1", port: 0),
        limits: WebLimits = .standard,
        capacity: Int = .max,
        externalURL: String = "",
        routePrefix: RoutePrefix? = nil,
        maxRequests: Int = 40,
        registry: Registry = Registry(),
        source: PageSource = PageSource(
            listing: { _ in BotListing(bots: [], counts: [:], matching: 0, page: 0, pages: 1) },
            bot: { _ in nil }
        ),
        logger: Logger = .quiet,
        targets: [ProbeTarget] = [],
        reload: @escaping @Sendable () async throws -> Void = {},
        routes: [WebRoutes] = [],
        _ body: (RunningWeb) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "web.yml").path
        try (webConfiguration ?? "").write(toFile: file, atomically: true, encoding: .utf8)
        let configuration = try WebConfiguration(path: webConfiguration == nil ? "" : file, logger: logger)
        let connections = ConnectionTable(limit: limits.connections, capacity: capacity)
        let pages = MetricsPages(registry)
        let options = WebOptions(
            externalURL: ExternalURL(externalURL),
            routePrefix: routePrefix,
            version: "1",
            isLifecycleEnabled: true,
            maxRequests: maxRequests,
            limits: limits
        )
        let (addresses, continuation) = AsyncStream.makeStream(of: ListenAddress.self)
        let server = WebServer(
            address: address,
            limits: limits,
            routePrefix: options.routePrefix,
            routes: [
                .metrics(pages, configuration: configuration, options: options), .health { .ready },
                .lifecycle(options: options, reload: reload),
                .alerts(options: options) { authorization, _ in (200, authorization ?? "") },
                try .pages(source, options: options), .discovery(options: options) { targets },
            ] + routes,
            configuration: configuration,
            connections: connections,
            metrics: WebMetrics(registry: registry),
            logger: logger,
            onListening: { continuation.yield($0) }
        )
        let services = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [pages, server], logger: logger)
        )
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await services.run()
            }
            guard let address = await addresses.first(where: { _ in true }) else { throw CancellationError() }
            let web = RunningWeb(
                port: address.port,
                configuration: configuration,
                connections: connections,
                pages: pages.store
            )
            let result: Result<Value, any Error>
            do { result = .success(try await body(web)) } catch { result = .failure(error) }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return try result.get()
        }
    }

    /// Sends a request on a connection of its own and gives everything that comes until the server closes it.
    func ask(_ request: String) async throws -> String {
        try await RawConnection.with(port: port) { connection in
            // The server may have closed it by now.
            try? await connection.send(request)
            return try await connection.receiveAll()
        }
    }

    /// A request that asks the server to close the connection after it.
    func get(_ path: String, headers: [String] = []) async throws -> String {
        let lines = ["GET \(path) HTTP/1.1", "Host: localhost", "Connection: close"] + headers + ["", ""]
        return try await ask(lines.joined(separator: "\r\n"))
    }
}
