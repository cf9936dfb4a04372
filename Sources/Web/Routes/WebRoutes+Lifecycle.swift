import HTTPTypes
import Hummingbird

extension WebRoutes {
    /// Reloads by HTTP.
    ///
    /// - Parameter reload: Done by `POST /-/reload`, where the options enable it; throws what is wrong with the
    ///   configuration.
    package static func lifecycle(
        options: WebOptions,
        reload: @escaping @Sendable () async throws -> Void
    ) -> WebRoutes {
        WebRoutes(paths: ["/-/reload"]) { router in
            for method in [HTTPRequest.Method.post, .put] {
                router.on("/-/reload", method: method) { _, _ in
                    guard options.isLifecycleEnabled else {
                        return Response.plain(
                            .forbidden,
                            "Reloading over HTTP is not enabled: start koreai-exporter with --web.enable-lifecycle, "
                                + "or send it SIGHUP.\n"
                        )
                    }
                    do {
                        try await reload()
                        return Response.plain(.ok, "The configuration was reloaded.\n")
                    } catch {
                        return Response.plain(.badRequest, "\(error)\n")
                    }
                }
            }
        }
    }
}
