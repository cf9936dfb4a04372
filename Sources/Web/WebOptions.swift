/// What the flags say of the exporter's own HTTP server.
package struct WebOptions: Sendable, Hashable {
    /// Starts with a slash.
    package var telemetryPath: String
    /// Shown on the landing page.
    package var version: String

    /// Whether `POST /-/reload` reloads the configuration.
    package var isLifecycleEnabled: Bool

    package init(telemetryPath: String = "/metrics", version: String, isLifecycleEnabled: Bool = false) {
        self.telemetryPath = telemetryPath
        self.isLifecycleEnabled = isLifecycleEnabled
        self.version = version
    }
}
