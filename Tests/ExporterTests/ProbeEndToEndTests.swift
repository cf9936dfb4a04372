import Curl
import Settings
import Testing

@testable import Simulator

/// Probes of a running exporter, whose own polls come once in an hour.
@Suite(.serialized)
struct ProbeEndToEndTests {
    private static let configured = #"collector="ml_training",language="en",state="configured""#

    private func settings(at baseURL: String, budget: Int = 600, secret: String = TestPlatform.clientSecret) -> Settings
    {
        var bot = TestPlatform.bot("a", at: baseURL)
        bot.pollInterval = .seconds(3600)
        bot.activeInterval = .seconds(3600)
        bot.maxAge = .seconds(7200)
        bot.labels = ["team": "cards"]
        var settings = TestPlatform.settings([bot], secret: secret)
        settings.budgets = BudgetSettings(per: .bot, requestsPerMinute: budget, requestsPerHour: budget * 60)
        return settings
    }

    private func probe(
        _ exporter: RunningExporter,
        _ query: String = "",
        timeout: String? = nil
    ) async throws -> (scrape: Scrape, text: String) {
        let headers = timeout.map { [(name: "X-Prometheus-Scrape-Timeout-Seconds", value: $0)] } ?? []
        let response = try await exporter.get("/probe?bot=a" + query, headers: headers)
        #expect(response.status == 200)
        let text = String(decoding: response.body, as: UTF8.self)
        return (Scrape(text), text)
    }

    @Test("a probe asks each target once, and shows what came at once and in the next scrape")
    func asks() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(settings(at: baseURL)) { exporter in
                try await exporter.scrape(until: "all are up") { $0.values(of: "koreai_poll_up") == [1, 1, 1] }
                simulator.resetRequests()
                try simulator.startTraining(Platform.TrainingTarget("a"))
                let (scrape, _) = try await probe(exporter)
                #expect(simulator.requests().total == 3)
                let running =
                    #"koreai_training_status{bot="a",engine="ml",language="en",state="configured",status="in_progress"}"#
                #expect(scrape["probe_success"] == 1)
                #expect(scrape["probe_duration_seconds"] ?? 0 > 0)
                #expect(scrape[running] == 1)
                #expect(scrape.values(of: "koreai_poll_up") == [1, 1, 1])
                #expect(scrape.values(of: "koreai_bot_info", with: "team=\"cards\"") == [1])
                #expect(scrape.values(of: "koreai_exporter_targets").isEmpty)
                #expect(try await exporter.scrape()[running] == 1)
                let (some, _) = try await probe(exporter, "&collector=ml_training&language=en&state=configured")
                #expect(some.values(of: "koreai_poll_up", with: Self.configured) == [1])
                #expect(some.values(of: "koreai_poll_up").count == 1)
                #expect(simulator.requests().total == 4)
                #expect(try await exporter.scrape().values(of: "koreai_api_requests_total").reduce(0, +) == 7)
            }
        }
    }

    @Test("probes that meet a poll under way wait for it, and share what comes")
    func shares() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(settings(at: baseURL)) { exporter in
                try await exporter.scrape(until: "all are up") { $0.values(of: "koreai_poll_up") == [1, 1, 1] }
                // Long enough, at the latest in the last round, for all probes to come while the first one's polls go on.
                for latency in [Duration.milliseconds(500), .seconds(3), .seconds(15)] {
                    simulator.removeFaults()
                    simulator.inject(.latency(latency))
                    simulator.resetRequests()
                    try await withThrowingTaskGroup(of: Double?.self) { group in
                        for _ in 0..<5 { group.addTask { try await probe(exporter).scrape["probe_success"] } }
                        for try await success in group { #expect(success == 1) }
                    }
                    if simulator.requests().total == 3 { break }
                }
                #expect(simulator.requests().total == 3)
            }
        }
    }

    @Test("a probe waits no longer than Prometheus, and its poll goes on")
    func late() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(settings(at: baseURL)) { exporter in
                try await exporter.scrape(until: "all are up") { $0.values(of: "koreai_poll_up") == [1, 1, 1] }
                // A probe that waited for its polls would fail in each round; on a busy machine the first may be too short.
                var (latency, rounds, isEarly, scrape) = (1, 0, false, Scrape(""))
                while !isEarly, rounds < 3 {
                    simulator.removeFaults()
                    simulator.inject(.latency(.seconds(latency)))
                    scrape = try await probe(exporter, timeout: "0.2").scrape
                    let duration = scrape["probe_duration_seconds"] ?? .infinity
                    isEarly = scrape["probe_success"] == 0 && duration < Double(latency)
                    (latency, rounds) = (latency * 4, rounds + 1)
                }
                let polls = Double(3 + 3 * rounds)
                #expect(isEarly)
                #expect(scrape.values(of: "koreai_poll_up") == [1, 1, 1])
                try await exporter.scrape(
                    until: "the polls have ended",
                    always: {
                        $0.values(of: "koreai_poll_up") == [1, 1, 1]
                    }
                ) { $0.values(of: "koreai_api_requests_total", with: "code=\"200\"").reduce(0, +) == polls }
            }
        }
    }

    @Test("a refused credential, a platform that is down and an empty budget give probe_success 0 and what is known")
    func failures() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(settings(at: baseURL, budget: 20)) { exporter in
                try await exporter.scrape(until: "all are up") { $0.values(of: "koreai_poll_up") == [1, 1, 1] }
                simulator.inject(.unavailable)
                let (gone, _) = try await probe(exporter, "&collector=ml_export")
                #expect(gone["probe_success"] == 0)
                #expect(gone.values(of: "koreai_poll_failing", with: "reason=\"server_error\"") == [1])
                #expect(gone.values(of: "koreai_export_status").count == 5)
                simulator.removeFaults()
                simulator.inject(.unauthorized)
                let (refused, text) = try await probe(exporter, "&debug=true")
                #expect(refused["probe_success"] == 0)
                #expect(text.contains("HTTP 401"))
                #expect(text.contains("no usable reply: auth"))
                #expect(text.contains("Invalid SDK credentials"))
                let (parked, parkedText) = try await probe(exporter, "&debug=true")
                #expect(parked["probe_success"] == 0)
                #expect(parkedText.contains("not asked: the credential is refused"))
                simulator.removeFaults()
                var last = try await probe(exporter, "&debug=true").text
                for _ in 0..<30 where !last.contains("not asked: the budget") {
                    last = try await probe(exporter, "&debug=true").text
                }
                #expect(last.hasPrefix("probe_success 0\n"))
                #expect(last.contains("not asked: the budget has no request left"))
                #expect(simulator.requests().total <= 20)
            }
        }
    }

    @Test("debug=true shows what was asked and came, without the token, the secret and the link to a file")
    func debug() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(settings(at: baseURL)) { exporter in
                try await exporter.scrape(until: "the export has its link") {
                    $0[#"koreai_export_download_available{bot="a",export="ml_utterances"}"#] == 1
                }
                let (_, text) = try await probe(exporter, "&debug=true")
                #expect(
                    text.contains("GET /api/public/bot/st-a/ml/train/status?language=en&state=configured\nHTTP 200, ")
                )
                #expect(text.contains("first byte"))
                #expect(text.contains("\"trainingStatus\": \"Finished\""))
                #expect(text.contains("<redacted>"))
                for secret in [TestPlatform.clientSecret, "eyJ", "://", "_simulator/files"] {
                    #expect(!text.contains(secret), "\(secret)")
                }
            }
        }
    }

    @Test("/sd lists the bots that are watched, also after a reload")
    func discovery() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a", "b"]))
        try await simulator.withRunning { baseURL in
            let first = settings(at: baseURL)
            var second = first
            second.bots[0].name = "renamed"
            let next = second
            try await RunningExporter.with(first, reloaded: { next }) { exporter in
                let before = String(decoding: try await exporter.get("/sd").body, as: UTF8.self)
                #expect(
                    before.contains(
                        #""__meta_koreai_label_team":"cards","__metrics_path__":"/probe","__param_bot":"a""#
                    )
                )
                #expect(try await exporter.post("/-/reload").status == 200)
                let after = String(decoding: try await exporter.get("/sd").body, as: UTF8.self)
                #expect(after.contains(#""__param_bot":"renamed""#))
                #expect(try await exporter.get("/probe?bot=a").status == 404)
                let none = try await exporter.get("/probe?bot=renamed&language=fr")
                #expect(none.status == 404)
                #expect(String(decoding: none.body, as: UTF8.self).contains("  ml_training en configured\n"))
            }
        }
    }
}
