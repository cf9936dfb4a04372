import HTTPTypes
import Hummingbird

/// Paths of the exporter's own HTTP server that belong together, and how they are answered.
package struct WebRoutes: Sendable {
    package let paths: [String]
    /// Whether they ask for a secret of their own, so that the passwords of the web configuration do not apply.
    let areGuarded: Bool
    /// Whether they are answered at once, so that the connection's event loop can do it.
    let areQuick: Bool
    /// Those that need no router, and decide by themselves who may ask.
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

extension WebRoutes {
    /// Scrapes.
    ///
    /// - Parameter configuration: Passwords and headers, which the scrapes' own policy looks at.
    package static func metrics(
        _ pages: MetricsPages,
        configuration: WebConfiguration,
        options: WebOptions
    ) -> WebRoutes {
        let scrapes = ScrapeHandler(
            policy: ScrapePolicy(
                path: options.telemetryPath,
                configuration: configuration,
                limit: ScrapeLimit(options.maxRequests, minHold: options.limits.scrapeMinHold)
            ),
            pages: pages.store
        )
        return WebRoutes(paths: [options.telemetryPath], areQuick: true, scrapes: scrapes) { router in
            for method in [HTTPRequest.Method.get, .head] {
                router.on(RouterPath(options.telemetryPath), method: method) { await scrapes.respond(to: $0, $1) }
            }
        }
    }
}

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

extension WebRoutes {
    /// Notifications of Alertmanager, which have a bearer token of their own.
    ///
    /// - Parameter handle: Done by `POST /api/v1/alerts`; gives an HTTP status and a text.
    package static func alerts(
        options: WebOptions,
        handle: @escaping @Sendable (_ authorization: String?, _ body: [UInt8]) async -> (status: Int, text: String)
    ) -> WebRoutes {
        WebRoutes(paths: ["/api/v1/alerts"], areGuarded: true) { router in
            router.post("/api/v1/alerts") { request, _ in
                guard let body = try? await request.body.collect(upTo: options.limits.bodyBytes) else {
                    return Response.fault(
                        .contentTooLarge,
                        "a notification may have at most \(options.limits.bodyBytes) bytes"
                    )
                }
                let answer = await handle(request.headers[.authorization], Array(body.readableBytesView))
                let status = HTTPResponse.Status(code: answer.status)
                return answer.status < 400
                    ? Response.plain(status, answer.text)
                    : Response.fault(status, String(answer.text.split(separator: "\n").joined(separator: " ")))
            }
        }
    }
}

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

/// What `/-/ready` tells.
package enum WebReadiness: Sendable, Hashable {
    case ready
    /// So many targets have not been polled yet.
    case waiting(targets: Int)
}
