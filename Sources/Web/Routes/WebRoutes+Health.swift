import Hummingbird

extension WebRoutes {
    /// Whether the exporter runs, and whether it is ready.
    ///
    /// - Parameter readiness: Asked by `/-/ready`.
    package static func health(readiness: @escaping @Sendable () -> WebReadiness) -> WebRoutes {
        WebRoutes(paths: ["/-/healthy", "/-/ready"], areQuick: true) { router in
            router.get("/-/healthy") { _, _ in
                Response.plain(.ok, "koreai-exporter is healthy.\n")
            }
            router.get("/-/ready") { _, _ in
                switch readiness() {
                case .ready:
                    Response.plain(.ok, "koreai-exporter is ready.\n")
                case .waiting(let targets):
                    Response.plain(.serviceUnavailable, "Waiting for the first poll of \(targets) targets.\n")
                }
            }
        }
    }
}
