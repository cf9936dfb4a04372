import Curl
import ServiceLifecycle

/// Ends the HTTP client's thread when the exporter ends, after those that use it.
struct CurlService: Service {
    let client: CurlClient

    func run() async throws {
        try? await gracefulShutdown()
        await client.shutdown()
    }
}
