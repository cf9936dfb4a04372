import Testing

@testable import Web

struct UnknownRouteTests {
    private static let api = WebRoutes.api(APISource(targets: { _ in nil }, runs: { _, _ in nil }))

    private func ask(_ method: String, _ path: String, _ web: RunningWeb) async throws -> String {
        try await web.ask("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    }

    @Test("a path that is not there is answered with the paths that are, in JSON under /api/")
    func unknownPath() async throws {
        try await RunningWeb.with(routes: [Self.api]) { web in
            let text = try await web.get("/nowhere")
            #expect(text.status == "404 Not Found")
            #expect(text.contains("text/plain"))
            for line in ["  /\n", "  /metrics\n", "  /-/healthy\n", "  POST /-/reload\n", "  POST /api/v1/alerts\n"] {
                #expect(text.contains(line), "\(line)")
            }
            #expect(!text.contains("/assets/"))
            for path in ["/api", "/api/", "/api/v2/targets"] {
                let json = try await web.get(path)
                #expect(json.status == "404 Not Found")
                #expect(json.contains("application/json"))
                #expect(
                    json.contains(#"{"error":"there is no such path; the paths are /api/v1/alerts, /api/v1/targets"#)
                )
            }
        }
    }

    @Test(
        "a method that a path does not have is answered with those that it has",
        arguments: [
            ("POST", "/", "GET, HEAD"), ("DELETE", "/metrics", "GET, HEAD"), ("POST", "/metrics/", "GET, HEAD"),
            ("GET", "/-/reload", "POST, PUT"), ("HEAD", "/api/v1/alerts", "POST"), ("OPTIONS", "/bot", "GET, HEAD"),
            ("PATCH", "/api/v1/targets", "GET, HEAD"),
        ]
    )
    func wrongMethod(method: String, path: String, allowed: String) async throws {
        try await RunningWeb.with(routes: [Self.api]) { web in
            let answer = try await ask(method, path, web)
            #expect(answer.status == "405 Method Not Allowed")
            #expect(answer.contains("Allow: \(allowed)\r\n") || answer.contains("allow: \(allowed)\r\n"))
            #expect(answer.contains("application/json") == path.hasPrefix("/api/"))
            if method != "HEAD" { #expect(answer.contains("his path allows only \(allowed.prefix(3))")) }
        }
    }

    @Test("who may not ask learns nothing of paths")
    func password() async throws {
        try await RunningWeb.with("basic_auth_users:\n  alice: \(ProtectionTests.hash)\n") { web in
            for method in ["GET", "POST"] {
                let answer = try await ask(method, "/nowhere", web)
                #expect(answer.status == "401 Unauthorized")
            }
        }
    }
}
