import Exposition
import HTTPTypes
import Model
import Settings
import Testing

@testable import Web

struct ProbeTests {
    private static func query(_ pairs: [(String, String)]) throws -> ProbeQuery {
        try ProbeQuery(QueryParameters(pairs.map { "\($0.0)=\($0.1)" }.joined(separator: "&")))
    }

    @Test("a probe names a bot, and its targets by words that there are")
    func query() throws {
        let query = try Self.query([
            ("bot", "a+b%20c"), ("collector", "ml_export"), ("language", "de"), ("state", "published"),
            ("debug", "true"),
        ])
        #expect(
            query
                == ProbeQuery(bot: "a b c", collector: .mlExport, language: "de", state: .published, isDebug: true)
        )
        #expect(try Self.query([("bot", "a"), ("language", ""), ("debug", "false")]) == ProbeQuery(bot: "a"))
    }

    @Test(
        "a query that cannot be answered is told what it may have",
        arguments: [
            ([], "`bot` is missing"), ([("bot", "")], "`bot` is missing"),
            ([("bot", "a"), ("colector", "ml_export")], "there are `bot`, `collector`, `language`, `state`, `debug`"),
            ([("bot", "a"), ("target", "http://evil")], "unknown"),
            ([("bot", "a"), ("bot", "b")], "`bot` is given twice"),
            ([("bot", "a"), ("collector", "ml")], "`ml_training`, `faq_training`, `ml_export`"),
            ([("bot", "a"), ("state", "live")], "`configured`, `published`"),
            ([("bot", "a"), ("debug", "1")], "`true` or `false`"),
        ] as [([(String, String)], String)]
    )
    func faults(pairs: [(String, String)], message: String) {
        let error = #expect(throws: QueryFault.self) { try Self.query(pairs) }
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }

    @Test(
        "of Prometheus's scrape timeout half a second is left for the way back",
        arguments: [
            (nil, 30.0), ("10", 9.5), ("1.5", 1.0), ("0.4", 0.2), ("86400", 119.5), ("1e300", 119.5), ("0", nil),
            ("-1", nil), ("nan", nil), ("ten", nil),
        ] as [(String?, Double?)]
    )
    func timeout(header: String?, seconds: Double?) throws {
        let name = try #require(HTTPField.Name("x-prometheus-scrape-timeout-seconds"))
        var headers = HTTPFields()
        headers[name] = header
        if let seconds {
            #expect(try abs(ProbeTimeout.of(headers) / .seconds(1) - seconds) < 1e-9)
        } else {
            #expect(throws: QueryFault.self) { try ProbeTimeout.of(headers) }
        }
    }

    @Test("an answer has the bot's families and the probe's in the format that is asked for")
    func formats() async throws {
        let routes = WebRoutes.probe { query, _ in
            guard query.bot == "a" else { return .unknownBot }
            let registry = Registry()
            let family = MetricFamily("koreai_poll_up", .gauge, labels: ["bot"], help: "Up.")
            registry.update([FamilySamples(family, group: SeriesGroup(["a"]), [Sample(["a"], number: 1)])])
            let duration = Duration.milliseconds(250)
            return .answered(.init(isSuccess: false, duration: duration, families: registry) { "it took long\n" })
        }
        try await RunningWeb.with(routes: [routes]) { web in
            let text = try await web.get("/probe?bot=a")
            #expect(text.status == "200 OK")
            #expect(text.contains("koreai_poll_up{bot=\"a\"} 1\n"))
            #expect(text.contains("probe_duration_seconds 0.25\n"))
            #expect(text.contains("probe_success 0\n"))
            let open = try await web.get("/probe?bot=a", headers: ["Accept: application/openmetrics-text"])
            #expect(open.hasSuffix("# EOF\n"))
            #expect(try await web.get("/probe?bot=a&debug=true").hasSuffix("\r\n\r\nit took long\n"))
            #expect(try await web.get("/probe?bot=b").status == "404 Not Found")
            #expect(try await web.get("/probe").status == "400 Bad Request")
        }
    }

    @Test("too many probes at once are answered with 503, and the others still get their answers")
    func overload() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let routes = WebRoutes.probe { _, _ in
            begin.yield()
            for await _ in gate {}
            return .unknownBot
        }
        try await RunningWeb.with(routes: [routes]) { web in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<32 { group.addTask { try await web.get("/probe?bot=a") } }
                var count = 0
                for await _ in began {
                    count += 1
                    if count == 32 { break }
                }
                let turnedAway = try await web.get("/probe?bot=a")
                #expect(turnedAway.status == "503 Service Unavailable")
                #expect(turnedAway.lowercased().contains("retry-after: 1"))
                open.finish()
                for try await answer in group { #expect(answer.status == "404 Not Found") }
            }
            #expect(try await web.get("/probe?bot=a").status == "404 Not Found")
        }
    }
}
