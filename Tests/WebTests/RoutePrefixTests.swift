import FoundationEssentials
import Model
import Testing

@testable import Web

struct RoutePrefixTests {
    @Test(
        "a prefix is a path, with or without slashes around it",
        arguments: [
            ("", ""), ("/", ""), ("koreai", "/koreai"), ("/koreai/", "/koreai"), ("//a//b-c_1.2~/", "/a/b-c_1.2~"),
            ("/a b", nil), ("/a?b", nil), ("/a/../b", nil), ("/:a", nil), ("/*", nil), ("/ä", nil), ("/{a}", nil),
        ] as [(String, String?)]
    )
    func prefix(text: String, path: String?) {
        #expect(RoutePrefix(text)?.path == path)
    }

    @Test("an external URL has a scheme, a host and a path, or only a path")
    func externalURL() {
        let url = ExternalURL("HTTPS://example.com:8443/koreai/")
        #expect(url?.origin?.scheme == "https")
        #expect(url?.origin?.host == "example.com:8443")
        #expect(url?.path.path == "/koreai")
        #expect(ExternalURL("http://example.com")?.path == .root)
        #expect(ExternalURL("/koreai/")?.origin == nil)
        for bad in [
            "", "koreai", "ftp://a/", "http://", "http:///a", "http://a b/", "http://u@a/", "http://a/?b",
            "http://a/#b",
        ] {
            #expect(ExternalURL(bad) == nil, "\(bad)")
        }
    }

    @Test("the prefix is that of the external URL, unless another is given")
    func defaults() {
        func prefix(_ external: String, _ prefix: String?) -> String {
            let options = WebOptions(
                externalURL: ExternalURL(external),
                routePrefix: prefix.flatMap { RoutePrefix($0) },
                version: "1"
            )
            return options.routePrefix.description + " " + options.visiblePrefix.description
        }
        #expect(prefix("", nil) == "/ /")
        #expect(prefix("http://a/koreai/", nil) == "/koreai /koreai")
        #expect(prefix("http://a/koreai/", "/") == "/ /koreai")
        #expect(prefix("", "/koreai") == "/koreai /koreai")
    }

    @Test("every path is under the prefix, requests are counted as without it, and / leads there")
    func everyPath() async throws {
        try await RunningWeb.with(routePrefix: RoutePrefix("/koreai")) { web in
            for path in ["/", "/metrics", "/-/healthy", "/-/ready", "/sd", "/assets/style.css"] {
                let answer = try await web.get("/koreai" + path)
                #expect(answer.status == "200 OK", "\(path)")
                guard path != "/" else { continue }
                #expect(try await web.get(path).status == "404 Not Found", "\(path)")
            }
            for path in ["/", "/koreai"] {
                let answer = try await web.get(path)
                #expect(answer.status == "302 Found")
                #expect(answer.lowercased().contains("location: /koreai/\r\n"))
            }
            #expect(try await web.get("/koreai/-/reload").status == "405 Method Not Allowed")
            let unknown = try await web.get("/koreai/api/v2")
            #expect(unknown.hasSuffix(#"the paths are /koreai/api/v1/alerts"}"#))
            #expect(try await web.get("/koreaix/metrics").contains("  /koreai/metrics\n"))
            let metrics = try await web.get("/koreai/metrics")
            #expect(metrics.contains(#"koreai_exporter_http_requests_total{handler="/-/healthy",code="200"} 1"#))
        }
    }

    @Test("passwords are asked for under the prefix, and paths without one are named with it")
    func passwords() async throws {
        let file = "basic_auth_users:\n  alice: \(ProtectionTests.hash)\nauth_excluded_paths: [/koreai/-/healthy]\n"
        try await RunningWeb.with(file, routePrefix: RoutePrefix("koreai")) { web in
            for path in ["/koreai/metrics", "/koreai/-/ready", "/koreai/nowhere", "/"] {
                let answer = try await web.get(path)
                #expect(answer.status == "401 Unauthorized", "\(path)")
            }
            #expect(try await web.get("/koreai/-/healthy").status == "200 OK")
            #expect(try await web.ask("POST /koreai/api/v1/alerts HTTP/1.0\r\n\r\n").status == "200 OK")
        }
    }

    @Test("links of pages are relative, so that they hold under any path")
    func links() async throws {
        var bot = BotReport(name: "a b", id: "st-1", attention: .fine)
        bot.labels = ["team": "cards"]
        let report = bot
        let source = PageSource(
            listing: { _ in BotListing(bots: [report], counts: [.fine: 100], matching: 100, page: 1, pages: 3) },
            bot: { _ in report }
        )
        try await RunningWeb.with(source: source) { web in
            for path in ["/?page=2", "/?show=fine", "/bot?name=a%20b"] {
                let html = try await web.get(path)
                #expect(html.contains("href=\"assets/style.css\""))
                for attribute in ["href=\"", "src=\"", "action=\""] {
                    for link in html.components(separatedBy: attribute).dropFirst() {
                        #expect(!link.hasPrefix("/") && !link.hasPrefix("?"), "\(attribute)\(link.prefix(20))")
                    }
                }
            }
            #expect(try await web.get("/").contains("href=\"bot?name=a%20b\""))
        }
    }

    @Test("service discovery leads to probes at the external URL, as a proxy takes its path away or not")
    func discovery() async throws {
        let targets = [ProbeTarget(bot: "a", id: "st-1", labels: [:])]
        for prefix in ["/", "/koreai"] {
            try await RunningWeb.with(
                externalURL: "https://example.com/koreai/",
                routePrefix: RoutePrefix(prefix),
                targets: targets
            ) { web in
                let answer = try await web.get((prefix == "/" ? "" : prefix) + "/sd")
                #expect(answer.contains(#""targets":["example.com"]"#))
                #expect(answer.contains(#""__metrics_path__":"/koreai/probe""#))
                #expect(answer.contains(#""__scheme__":"https""#))
            }
        }
        try await RunningWeb.with(externalURL: "/koreai", targets: targets) { web in
            let answer = try await web.get("/koreai/sd")
            #expect(answer.contains(#""targets":["localhost"]"#))
            #expect(answer.contains(#""__metrics_path__":"/koreai/probe""#))
            #expect(!answer.contains("__scheme__"))
        }
    }
}
