import Hummingbird

/// Paths of the exporter's own HTTP server that belong together, and how they are answered.
package struct WebRoutes: Sendable {
    package let paths: [String]
    /// Whether they ask for a secret of their own, so that the passwords of the web configuration do not apply.
    let areGuarded: Bool
    /// Whether they are answered at once, so that the connection's event loop can do it.
    let areQuick: Bool
    /// Those that need no router.
    let scrapes: ScrapeHandler?
    let add: @Sendable (Router<WebContext>) -> Void

    init(
        paths: [String],
        areGuarded: Bool = false,
        areQuick: Bool = false,
        scrapes: ScrapeHandler? = nil,
        add: @escaping @Sendable (Router<WebContext>) -> Void
    ) {
        self.paths = paths
        self.areQuick = areQuick
        self.areGuarded = areGuarded
        self.scrapes = scrapes
        self.add = add
    }
}
