import Hummingbird

/// Paths of the exporter's own HTTP server that belong together, and how they are answered.
package struct WebRoutes: Sendable {
    package let paths: [String]
    /// Whether they ask for a secret of their own, so that the passwords of the web configuration do not apply.
    let areGuarded: Bool
    let add: @Sendable (Router<WebContext>) -> Void

    init(paths: [String], areGuarded: Bool = false, add: @escaping @Sendable (Router<WebContext>) -> Void) {
        self.paths = paths
        self.areGuarded = areGuarded
        self.add = add
    }
}
