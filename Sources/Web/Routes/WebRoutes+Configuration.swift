import Hummingbird

extension WebRoutes {
    /// The running configuration.
    ///
    /// - Parameter yaml: What is in force, without secrets.
    package static func configuration(_ yaml: @escaping @Sendable () -> String) -> WebRoutes {
        WebRoutes(paths: ["/config"]) { router in
            router.get("/config") { _, _ in
                var response = Response.plain(.ok, yaml())
                response.headers[.contentType] = "application/yaml; charset=utf-8"
                response.headers[.cacheControl] = "no-store"
                response.headers[.xContentTypeOptions] = "nosniff"
                return response
            }
        }
    }
}
