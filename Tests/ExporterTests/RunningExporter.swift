import Curl
import Exposition
import Foundation
import Logging
import ServiceLifecycle
import Settings
import TestSupport
import Testing
import Web

@testable import App
@testable import koreai_exporter

/// An exporter that runs, as a scrape sees it.
struct RunningExporter {
    let url: String
    private let curl: CurlClient

    /// Runs an exporter while `body` runs, and shuts it down after.
    ///
    /// - Parameters:
    ///   - storage: The folder of its store; by default it keeps everything in memory.
    ///   - mostPages: How large its database may become, in KiB.
    ///   - reloaded: What the configuration is when it is read again; by default what it was.
    static func with<Value>(
        _ settings: Settings,
        storage: String = "",
        mostPages: UInt32 = .max,
        reloaded: (@Sendable () throws -> Settings)? = nil,
        _ body: (RunningExporter) async throws -> Value
    ) async throws -> Value {
        let logger = Logger.quiet
        let (addresses, continuation) = AsyncStream.makeStream(of: ListenAddress.self)
        let exporter = try await Exporter(
            settings: settings,
            storage: storage,
            mostPages: mostPages,
            load: reloaded ?? { settings },
            addresses: [ListenAddress(host: "127.0.0.1", port: 0)],
            options: WebOptions(version: BuildInfo.version, isLifecycleEnabled: reloaded != nil),
            logger: logger,
            libraryLogger: logger,
            onListening: { continuation.yield($0) }
        )
        let services = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: exporter.services, logger: logger)
        )
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await services.run()
            }
            guard let address = await addresses.first(where: { _ in true }) else {
                try await group.waitForAll()
                throw CancellationError()
            }
            let curl = try CurlClient()
            let result: Result<Value, any Error>
            do {
                result = .success(try await body(RunningExporter(url: address.url, curl: curl)))
            } catch {
                result = .failure(error)
            }
            await curl.shutdown()
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return try result.get()
        }
    }

    /// The paths that an exporter answers, which does not run.
    static func paths(_ settings: Settings, telemetryPath: String = "/metrics") async throws -> [String] {
        let exporter = try await Exporter(
            settings: settings,
            storage: "",
            load: { settings },
            addresses: [],
            options: WebOptions(telemetryPath: telemetryPath, version: BuildInfo.version),
            logger: .quiet,
            libraryLogger: .quiet,
            onListening: { _ in }
        )
        return exporter.routes.flatMap(\.paths)
    }

    func post(
        _ path: String,
        headers: [(name: String, value: String)] = [],
        body: String = ""
    ) async throws -> CurlResponse {
        try await curl.perform(
            CurlRequest(
                method: .post,
                url: url + path,
                headers: headers,
                body: Array(body.utf8),
                timeout: .seconds(300),
                maxResponseBytes: 1 << 20
            )
        )
    }

    func get(_ path: String, headers: [(name: String, value: String)] = []) async throws -> CurlResponse {
        try await curl.perform(
            CurlRequest(url: url + path, headers: headers, timeout: .seconds(300), maxResponseBytes: 64 << 20)
        )
    }

    func scrape() async throws -> Scrape {
        Scrape(String(decoding: try await get("/metrics").body, as: UTF8.self))
    }

    /// Scrapes until the condition holds.
    ///
    /// - Parameter always: Must hold in every scrape on the way.
    @discardableResult
    func scrape(
        until condition: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        always: (Scrape) -> Bool = { _ in true },
        _ holds: (Scrape) -> Bool
    ) async throws -> Scrape {
        var found: Scrape?
        try await eventually("\(condition)", within: .seconds(120), sourceLocation: sourceLocation) {
            let scrape = try await scrape()
            #expect(always(scrape), "while waiting until \(condition)", sourceLocation: sourceLocation)
            if holds(scrape) { found = scrape }
            return found != nil
        }
        guard let found else { throw CancellationError() }
        return found
    }
}
