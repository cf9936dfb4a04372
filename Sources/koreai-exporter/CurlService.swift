import Curl
import Polling
import ServiceLifecycle
import Settings
import Synchronization

/// The HTTP client of the settings in force. Ends its thread when the exporter ends, after those that use it.
final class CurlService: Service {
    private struct State {
        var settings: HTTPSettings
        var client: CurlClient
    }

    private let state: Mutex<State>

    /// - Throws: `CurlError` where the certificates of `http:` cannot be used.
    init(_ settings: HTTPSettings) throws {
        state = Mutex(State(settings: settings, client: try Self.make(settings)))
    }

    var client: CurlClient {
        state.withLock { $0.client }
    }

    /// The client for other settings: the one that there is, with its connections, where they are the same.
    ///
    /// - Throws: `CurlError` where the certificates of `http:` cannot be used.
    func client(for settings: HTTPSettings) throws -> CurlClient {
        let (known, client) = state.withLock { ($0.settings, $0.client) }
        return settings == known ? client : try Self.make(settings)
    }

    /// From now on this is the client. The one before ends by itself once no request needs it any more.
    func use(_ client: CurlClient, for settings: HTTPSettings) {
        state.withLock { $0 = State(settings: settings, client: client) }
    }

    func run() async throws {
        try? await gracefulShutdown()
        await client.shutdown()
    }

    private static func make(_ settings: HTTPSettings) throws -> CurlClient {
        try CurlClient(configuration: CurlConfiguration(settings, userAgent: BuildInfo.userAgent))
    }
}
