import Archive
package import Curl
package import Logging
import Polling
package import ServiceLifecycle
package import Settings
import Synchronization
import UnixSignals

/// Runs services until SIGTERM or SIGINT.
package enum RunningServices {
    /// How long services may take to end before they are cancelled.
    private static let shutdownTimeout = Duration.milliseconds(800)

    /// - Throws: The first error of a service. A signal is no failure.
    package static func run(_ services: [any Service], logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: $0,
                    successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup
                )
            },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = shutdownTimeout
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            return
        }
    }
}

/// Closes the store when the exporter ends, after the services that use it.
struct ArchiveService: Service {
    let archive: Archive

    func run() async throws {
        try? await gracefulShutdown()
        try? await archive.close()
    }
}

/// Runs a closure as a service; the closure has to end on a graceful shutdown.
package struct ClosureService: Service {
    private let body: @Sendable () async throws -> Void

    package init(_ body: @escaping @Sendable () async throws -> Void) {
        self.body = body
    }

    package func run() async throws {
        try await body()
    }
}

/// Holds the HTTP client of the settings in force, and ends its thread after the services that use it.
final class CurlService: Service {
    private struct State {
        var settings: HTTPSettings
        var client: CurlClient
    }

    private let state: Mutex<State>
    private let mostConnections: Int

    /// - Parameter mostConnections: The most that file descriptors allow, whatever the settings say.
    /// - Throws: `CurlError` where the certificates of `http:` cannot be used.
    init(_ settings: HTTPSettings, mostConnections: Int) throws {
        self.mostConnections = mostConnections
        let client = try CurlClient(settings, mostConnections: mostConnections)
        state = Mutex(State(settings: settings, client: client))
    }

    var client: CurlClient {
        state.withLock { $0.client }
    }

    /// The client for the settings: the present one, with its connections, where the settings are the same.
    ///
    /// - Throws: `CurlError` where the certificates of `http:` cannot be used.
    func client(for settings: HTTPSettings) throws -> CurlClient {
        let (known, client) = state.withLock { ($0.settings, $0.client) }
        return settings == known ? client : try CurlClient(settings, mostConnections: mostConnections)
    }

    /// Replaces the client. The one before ends by itself once no request needs it any more.
    func use(_ client: CurlClient, for settings: HTTPSettings) {
        state.withLock { $0 = State(settings: settings, client: client) }
    }

    func run() async throws {
        try? await gracefulShutdown()
        await client.shutdown()
    }
}

extension CurlClient {
    /// Makes a client that sends the exporter's name as its user agent.
    ///
    /// - Throws: `CurlError` where the certificates of `http:` cannot be used.
    package convenience init(_ settings: HTTPSettings, mostConnections: Int = .max) throws {
        try self.init(configuration: CurlConfiguration(settings, mostConnections: mostConnections))
    }
}

extension CurlConfiguration {
    /// Translates the section `http:` of the settings.
    fileprivate init(_ settings: HTTPSettings, mostConnections: Int) {
        self.init(
            caFile: settings.caFile,
            clientCertificateFile: settings.clientCertificateFile,
            clientKeyFile: settings.clientKeyFile,
            proxyURL: settings.proxyURL,
            insecureSkipVerify: settings.insecureSkipVerify,
            http2: settings.http2,
            maxConnections: min(settings.maxConnections, mostConnections),
            maxConnectionsPerHost: min(settings.maxConnectionsPerHost, mostConnections),
            userAgent: BuildInfo.userAgent
        )
    }
}
