import Exposition
import TestSupport
import Testing

@testable import Web

struct ScrapeTests {
    private static let family = MetricFamily("test_value", .gauge, labels: ["filling"], help: "A value.")

    /// Shows so many samples of 64 KiB each, all of them with the same number.
    private static func show(_ number: Double, in registry: Registry, times count: Int) {
        registry.update(
            (0..<count).map { index in
                let filling = String(index) + String(repeating: "x", count: 64 << 10)
                return FamilySamples(family, group: SeriesGroup([filling]), [Sample([filling], number: number)])
            }
        )
    }

    private static func request(_ path: String, method: String = "GET", close: Bool = true) -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: a\r\n\(close ? "Connection: close\r\n" : "")\r\n"
    }

    private static func parts(_ answer: String) -> (head: String, body: Substring) {
        let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        return (parts[0].lowercased(), parts.count == 2 ? parts[1] : "")
    }

    /// The different numbers of a body's samples.
    private static func numbers(_ body: Substring) -> Set<Substring> {
        Set(
            body.split(separator: "\n").filter { $0.hasPrefix("test_value{") }.compactMap {
                $0.split(separator: " ").last
            }
        )
    }

    @Test("HEAD is answered as GET, without the body")
    func head() async throws {
        let registry = Registry()
        Self.show(1, in: registry, times: 1)
        try await RunningWeb.with(registry: registry) { web in
            // Scraped once before, so that both show the same: what is counted of requests changes with each.
            _ = try await web.get("/metrics?name[]=test_value")
            let get = Self.parts(try await web.ask(Self.request("/metrics?name[]=test_value")))
            let head = Self.parts(try await web.ask(Self.request("/metrics?name[]=test_value", method: "HEAD")))
            func fields(_ head: String) -> Set<Substring> {
                Set(head.split(separator: "\r\n").filter { !$0.hasPrefix("date:") })
            }
            #expect(fields(head.head) == fields(get.head))
            #expect(get.head.contains("content-length: \(get.body.utf8.count)"))
            #expect(get.body.utf8.count > 64 << 10)
            #expect(head.body.isEmpty)
        }
    }

    @Test("a rendered scrape is asked for a password and a place, and every answer to it has the configured headers")
    func policy() async throws {
        let file =
            "basic_auth_users:\n  alice: \(ProtectionTests.hash)\n"
            + "http_server_config: {headers: {X-Frame-Options: deny}}\n"
        let password = "Authorization: Basic " + Array("alice:correct horse".utf8).base64
        let registry = Registry()
        // More than the kernel takes of a response that nobody reads.
        Self.show(1, in: registry, times: 256)
        try await RunningWeb.with(file, maxRequests: 1, registry: registry) { web in
            let refused = try await web.get("/metrics")
            #expect(refused.status == "401 Unauthorized")
            #expect(refused.lowercased().contains("x-frame-options: deny\r\n"))
            try await RawConnection.with(port: web.port, receiveBuffer: 4096) { slow in
                try await slow.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\(password)\r\n\r\n")
                try await eventually("a scrape finds no place, and is told so with the headers") {
                    let answer = try await web.get("/metrics?name[]=nothing", headers: [password]).lowercased()
                    return answer.status.hasPrefix("503 ") && answer.contains("x-frame-options: deny\r\n")
                }
            }
        }
    }

    @Test("only the families that name[] asks for are answered, also by the names of their samples")
    func names() async throws {
        let registry = Registry()
        Self.show(1, in: registry, times: 1)
        try await RunningWeb.with(registry: registry) { web in
            _ = try await web.get("/metrics")
            for (query, families) in [
                ("name[]=test_value", ["test_value"]),
                ("name%5B%5D=koreai_exporter_http_requests_total", ["koreai_exporter_http_requests_total"]),
                (
                    "name[]=test_value&name[]=koreai_exporter_http_request_duration_seconds_bucket",
                    ["koreai_exporter_http_request_duration_seconds", "test_value"]
                ),
                ("name[]=nothing", []),
            ] {
                // A request is counted once its last byte was sent, so the next one may come before.
                try await eventually("\(query) is answered with \(families)") {
                    let body = Self.parts(try await web.get("/metrics?\(query)")).body
                    let types = body.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }
                    return types.map { String($0.split(separator: " ")[2]) } == families
                }
            }
        }
    }

    @Test(
        "scrapes beyond the limit are answered with 503 while slow ones take the places, and again once those have ended"
    )
    func limit() async throws {
        let registry = Registry()
        Self.show(1, in: registry, times: 80)
        let limits = WebLimits(scrapeMinHold: .seconds(3600))
        try await RunningWeb.with(limits: limits, maxRequests: 2, registry: registry) { web in
            try await RawConnection.with(port: web.port, receiveBuffer: 4096) { first in
                try await RawConnection.with(port: web.port, receiveBuffer: 4096) { second in
                    for slow in [first, second] {
                        try await slow.send(Self.request("/metrics"))
                        _ = try await slow.receive(until: "\r\n\r\n")
                    }
                    let refused = Self.parts(try await web.get("/metrics"))
                    #expect(refused.head.hasPrefix("http/1.1 503 "))
                    #expect(refused.head.contains("\r\nretry-after: 1"))
                    let health = try await web.get("/-/healthy")
                    #expect(health.status == "200 OK")
                    _ = try await second.receiveAll()
                }
                let answered = try await web.get("/metrics?name[]=none")
                #expect(answered.status == "200 OK")
                _ = try await first.receiveAll()
            }
        }
    }

    @Test("a scrape that has taken too long gives way to another")
    func givesWay() async throws {
        let registry = Registry()
        Self.show(1, in: registry, times: 80)
        try await RunningWeb.with(limits: WebLimits(scrapeMinHold: .zero), maxRequests: 1, registry: registry) { web in
            try await RawConnection.with(port: web.port, receiveBuffer: 4096) { slow in
                try await slow.send(Self.request("/metrics", close: false))
                let begin = try await slow.receive(until: "\r\n\r\n")
                let other = try await web.get("/metrics?name[]=none")
                #expect(other.status == "200 OK")
                // Until the server closes it.
                let body = Self.parts(begin + (try await slow.receiveAll())).body
                #expect(body.utf8.count < 80 * 64 << 10)
            }
        }
    }

    @Test("a slow reader gets what there was when it asked, while others see what changed since")
    func slowReader() async throws {
        let registry = Registry()
        let count = 80
        Self.show(1, in: registry, times: count)
        try await RunningWeb.with(registry: registry) { web in
            try await RawConnection.with(port: web.port, receiveBuffer: 4096) { slow in
                try await slow.send(Self.request("/metrics?name[]=test_value"))
                let begin = try await slow.receive(until: "\r\n\r\n")
                Self.show(2, in: registry, times: count)
                let other = Self.parts(try await web.get("/metrics?name[]=test_value"))
                #expect(Self.numbers(other.body) == ["2"])
                let (head, body) = Self.parts(begin + (try await slow.receiveAll()))
                #expect(Self.numbers(body) == ["1"])
                #expect(head.contains("content-length: \(body.utf8.count)"))
            }
        }
    }

    @Test("a scrape that was prepared for says what any other says, and leaves its connection for the next request")
    func prepared() async throws {
        let registry = Registry()
        Self.show(1, in: registry, times: 2)
        try await RunningWeb.with(registry: registry) { web in
            let routed = Self.parts(try await web.get("/metrics"))
            await web.pages.prepare(ScrapeForm(.text, .identity))
            let answers = try await web.ask(
                Self.request("/metrics", close: false) + Self.request("/-/healthy")
            )
            let (head, rest) = Self.parts(answers)
            func names(_ head: String) -> [Substring] {
                head.split(separator: "\r\n").map { $0.split(separator: ":")[0] }.filter { $0 != "connection" }.sorted()
            }
            #expect(names(head) == names(routed.head))
            let body = rest.split(separator: "HTTP/1.1 200 OK", maxSplits: 1)
            #expect(body.count == 2)
            #expect(head.contains("content-length: \(body[0].utf8.count)\r\n"))
            #expect(Self.numbers(body[0]) == ["1"])
            #expect(body[1].hasSuffix("koreai-exporter is healthy.\n"))
        }
    }

    @Test("a slow reader of a scrape that was prepared for keeps its place until it is gone")
    func preparedLimit() async throws {
        let registry = Registry()
        Self.show(1, in: registry, times: 80)
        let limits = WebLimits(scrapeMinHold: .seconds(3600))
        try await RunningWeb.with(limits: limits, maxRequests: 1, registry: registry) { web in
            _ = try await web.get("/metrics")
            try await RawConnection.with(port: web.port, receiveBuffer: 4096) { slow in
                await web.pages.prepare(ScrapeForm(.text, .identity))
                try await slow.send(Self.request("/metrics", close: false) + Self.request("/-/healthy"))
                _ = try await slow.receive(until: "\r\n\r\n")
                let refused = try await web.get("/metrics")
                #expect(refused.status == "503 Service Unavailable")
                let rest = try await slow.receiveAll()
                #expect(rest.hasSuffix("koreai-exporter is healthy.\n"))
            }
            let answered = try await web.get("/metrics?name[]=none")
            #expect(answered.status == "200 OK")
        }
    }
}
