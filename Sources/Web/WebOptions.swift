/// What the flags say of the exporter's own HTTP server.
package struct WebOptions: Sendable, Hashable {
    /// Starts with a slash.
    package var telemetryPath: String
    /// Shown on the landing page.
    package var version: String

    package init(telemetryPath: String = "/metrics", version: String) {
        self.telemetryPath = telemetryPath
        self.version = version
    }
}
