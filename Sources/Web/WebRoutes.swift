import HTTPTypes
import Hummingbird

/// A path of the exporter's own HTTP server, the methods that it allows, and its handler.
struct WebRoute: Sendable {
    typealias Handler = @Sendable @concurrent (Request, WebContext) async throws -> Response

    let path: String
    let methods: [HTTPRequest.Method]
    let handle: Handler

    /// A route for GET and HEAD; `HeadMiddleware` removes the body for HEAD.
    static func get(_ path: String, _ handle: @escaping Handler) -> WebRoute {
        WebRoute(path: path, methods: [.get, .head], handle: handle)
    }
}

/// A group of routes of the exporter's own HTTP server, and how they are protected and run.
package struct WebRoutes: Sendable {
    let routes: [WebRoute]
    /// Whether the routes check a secret of their own, so that the passwords of the web configuration do not apply.
    let areGuarded: Bool
    /// Whether the handlers are fast enough to run on the connection's event loop.
    let areQuick: Bool
    /// The handler of scrapes, which need no router and have their own ``ScrapePolicy``; `nil` for all other groups.
    let scrapes: ScrapeHandler?

    init(
        _ routes: [WebRoute],
        areGuarded: Bool = false,
        areQuick: Bool = false,
        scrapes: ScrapeHandler? = nil
    ) {
        self.routes = routes
        self.areQuick = areQuick
        self.areGuarded = areGuarded
        self.scrapes = scrapes
    }

    package var paths: [String] { routes.map(\.path) }

    func add(to router: Router<WebContext>, under prefix: RoutePrefix) {
        for route in routes {
            for method in route.methods {
                router.on(RouterPath(prefix.adding(route.path)), method: method) { try await route.handle($0, $1) }
            }
        }
    }
}

extension WebRoutes {
    /// The health routes `/-/healthy` and `/-/ready`.
    ///
    /// - Parameter readiness: Called for `/-/ready`.
    package static func health(readiness: @escaping @Sendable () -> WebReadiness) -> WebRoutes {
        let routes: [WebRoute] = [
            .get("/-/healthy") { _, _ in Response.plain(.ok, "koreai-exporter is healthy.\n") },
            .get("/-/ready") { _, _ in
                switch readiness() {
                case .ready:
                    Response.plain(.ok, "koreai-exporter is ready.\n")
                case .waiting(let targets):
                    Response.plain(.serviceUnavailable, "Waiting for the first poll of \(targets) targets.\n")
                }
            },
        ]
        return WebRoutes(routes, areQuick: true)
    }
}

extension WebRoutes {
    /// The route of the metrics.
    ///
    /// - Parameter configuration: The passwords, limits and headers for the scrapes' own policy.
    package static func metrics(
        _ pages: MetricsPages,
        configuration: WebConfiguration,
        options: WebOptions
    ) -> WebRoutes {
        let scrapes = ScrapeHandler(
            policy: ScrapePolicy(
                path: options.routePrefix.adding(options.telemetryPath),
                route: options.telemetryPath,
                configuration: configuration,
                limit: ScrapeLimit(options.maxRequests, minHold: options.limits.scrapeMinHold)
            ),
            pages: pages.store
        )
        let route = WebRoute.get(options.telemetryPath) { await scrapes.respond(to: $0, $1) }
        return WebRoutes([route], areQuick: true, scrapes: scrapes)
    }
}

extension WebRoutes {
    /// The route `/config`, which shows the running configuration.
    ///
    /// - Parameter yaml: Gives the configuration in force, without secrets.
    package static func configuration(_ yaml: @escaping @Sendable () -> String) -> WebRoutes {
        let route = WebRoute.get("/config") { _, _ in
            var response = Response.plain(.ok, yaml())
            response.headers[.contentType] = "application/yaml; charset=utf-8"
            response.headers[.cacheControl] = "no-store"
            response.headers[.xContentTypeOptions] = "nosniff"
            return response
        }
        return WebRoutes([route])
    }
}

extension WebRoutes {
    /// The route `/api/v1/alerts` for Alertmanager's notifications, which has a bearer token of its own.
    ///
    /// - Parameter handle: Handles a notification, and gives an HTTP status and a text.
    package static func alerts(
        options: WebOptions,
        handle: @escaping @Sendable (_ authorization: String?, _ body: [UInt8]) async -> (status: Int, text: String)
    ) -> WebRoutes {
        let route = WebRoute(path: "/api/v1/alerts", methods: [.post]) { request, _ in
            guard let body = try? await request.body.collect(upTo: options.limits.bodyBytes) else {
                return Response.fault(
                    .contentTooLarge,
                    "a notification may have at most \(options.limits.bodyBytes) bytes"
                )
            }
            let authorization = request.headers[.authorization].map(AuthorizationHeader.withUsualBearer)
            let answer = await handle(authorization, Array(body.readableBytesView))
            let status = HTTPResponse.Status(code: answer.status)
            guard answer.status >= 400 else { return Response.plain(status, answer.text) }
            let text = answer.text.split(separator: "\n").joined(separator: " ")
            var response = Response.fault(status, text)
            if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
            return response
        }
        return WebRoutes([route], areGuarded: true)
    }
}

extension WebRoutes {
    /// The route `/-/reload`, which reloads the configuration where the options enable it.
    ///
    /// - Parameter reload: Reloads the configuration, and throws what is wrong with it.
    package static func lifecycle(
        options: WebOptions,
        reload: @escaping @Sendable () async throws -> Void
    ) -> WebRoutes {
        let route = WebRoute(path: "/-/reload", methods: [.post, .put]) { _, _ in
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
        return WebRoutes([route])
    }
}

/// What `/-/ready` answers.
package enum WebReadiness: Sendable, Hashable {
    case ready
    /// This many targets have not been polled yet.
    case waiting(targets: Int)
}
