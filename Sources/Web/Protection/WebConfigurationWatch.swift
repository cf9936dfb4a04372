import NIOPosix
import ServiceLifecycle

/// Looks once a second whether the web configuration or a certificate changed.
package struct WebConfigurationWatch: Service {
    private static let interval = Duration.seconds(1)

    private let configuration: WebConfiguration

    package init(_ configuration: WebConfiguration) {
        self.configuration = configuration
    }

    package func run() async throws {
        let configuration = configuration
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Self.interval)
                try await NIOThreadPool.singleton.runIfActive { configuration.refresh() }
            }
        }
    }
}
