/// What the flags say of the exporter's own HTTP server.
package struct WebOptions: Sendable, Hashable {
    /// Starts with a slash.
    package var telemetryPath: String
    /// Shown on the landing page.
    package var version: String

    /// Whether `POST /-/reload` reloads the configuration.
    package var isLifecycleEnabled: Bool

    /// How many scrapes are answered at once on one address; 0 for no limit.
    package var maxRequests: Int

    package var limits: WebLimits

    package init(
        telemetryPath: String = "/metrics",
        version: String,
        isLifecycleEnabled: Bool = false,
        maxRequests: Int = 40,
        limits: WebLimits = .standard
    ) {
        self.limits = limits
        self.telemetryPath = telemetryPath
        self.maxRequests = maxRequests
        self.isLifecycleEnabled = isLifecycleEnabled
        self.version = version
    }
}
