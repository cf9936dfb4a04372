import Curl
import Model
import Settings
import TestSupport
import Testing

@testable import App
@testable import Simulator
@testable import koreai_exporter

@Suite(.serialized)
struct ServeTests {
    @Test("every target of a healthy bot is shown, and what the exporter says of itself")
    func healthy() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            var bot = TestPlatform.bot("a", at: baseURL)
            bot.states = [.configured, .published]
            bot.languages = ["en"]
            bot.labels = ["team": "cards"]
            try await RunningExporter.with(TestPlatform.settings([bot])) { exporter in
                let scrape = try await exporter.scrape(until: "all targets are up") {
                    $0.values(of: "koreai_poll_up") == [1, 1, 1, 1, 1]
                        && $0[#"koreai_export_status{bot="a",export="ml_utterances",status="success"}"#] == 1
                }
                #expect(scrape.values(of: "koreai_training_status", with: "status=\"finished\"") == [1, 1, 1, 1])
                #expect(scrape.values(of: "koreai_ml_in_sync").count == 20)
                #expect(scrape.values(of: "koreai_ml_train_version").count == 2)
                #expect(scrape[#"koreai_exporter_targets{collector="ml_training"}"#] == 2)
                #expect(scrape[#"koreai_exporter_targets{collector="ml_export"}"#] == 1)
                #expect(
                    scrape[#"koreai_bot_info{bot="a",bot_id="st-a",base_url="\#(baseURL)",team="cards"}"#] == 1
                )
                #expect(scrape.values(of: "koreai_exporter_build_info", with: "libcurl=\"7.") == [1])
                #expect(scrape["koreai_exporter_config_last_reload_successful"] == 1)
                #expect(scrape["process_resident_memory_bytes"] ?? 0 > 1_000_000)
                try await exporter.scrape(until: "a scrape before this one is counted") {
                    $0.values(of: "koreai_exporter_http_requests_total", with: "code=\"200\"").reduce(0, +) >= 1
                }
                #expect(!scrape.text.contains(TestPlatform.clientSecret))
            }
        }
    }

    @Test("a training that runs and ends while it is watched is counted once, with its duration")
    func run() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])) { exporter in
                let labels = #"{bot="a",engine="ml",language="en",state="configured"}"#
                try await exporter.scrape(until: "it is polled") { $0["koreai_training_runs_total\(labels)"] == 0 }
                let target = Platform.TrainingTarget("a")
                try simulator.startTraining(target)
                let running = try await exporter.scrape(until: "it runs") {
                    $0[
                        #"koreai_training_status{bot="a",engine="ml",language="en",state="configured",status="in_progress"}"#
                    ] == 1
                }
                #expect(running["koreai_training_last_start_timestamp_seconds\(labels)"] != nil)
                try simulator.finishTraining(target)
                let ended = try await exporter.scrape(until: "it has ended") {
                    $0["koreai_training_runs_total\(labels)"] == 1
                }
                #expect(ended["koreai_training_failures_total\(labels)"] == 0)
                #expect(ended["koreai_training_duration_seconds_count\(labels)"] == 1)
                #expect(ended["koreai_training_last_duration_seconds\(labels)"] ?? -1 >= 0)
            }
        }
    }

    @Test("health, readiness and the landing page answer, and unknown paths do not")
    func pages() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            simulator.inject(.hang)
            let settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            try await RunningExporter.with(settings) { exporter in
                #expect(try await exporter.get("/-/healthy").status == 200)
                let waiting = try await exporter.get("/-/ready")
                #expect(waiting.status == 503)
                #expect(String(decoding: waiting.body, as: UTF8.self) == "Waiting for the first poll of 3 targets.\n")
            }
            simulator.removeFaults()
            try await RunningExporter.with(settings) { exporter in
                try await eventually("it is ready") { try await exporter.get("/-/ready").status == 200 }
                let page = try await exporter.get("/")
                #expect(page.header("content-type") == "text/html; charset=utf-8")
                #expect(String(decoding: page.body, as: UTF8.self).contains("<a href=\"metrics\">"))
                #expect(try await exporter.get("/nowhere").status == 404)
                let metrics = try await exporter.get("/metrics")
                #expect(metrics.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
                let scrape = try await exporter.scrape()
                #expect(scrape[#"koreai_exporter_http_requests_total{handler="other",code="404"}"#] == 1)
                #expect(scrape.values(of: "koreai_exporter_http_requests_total", with: "handler=\"/nowhere\"").isEmpty)
            }
        }
    }

    @Test("values vanish when the last good reply is too old, and the polls' own series stay")
    func expiry() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            var bot = TestPlatform.bot("a", at: baseURL)
            bot.maxAge = .milliseconds(500)
            try await RunningExporter.with(TestPlatform.settings([bot])) { exporter in
                try await exporter.scrape(until: "all of it is shown") {
                    $0.values(of: "koreai_poll_up") == [1, 1, 1]
                }
                simulator.inject(.serverError)
                let gone = try await exporter.scrape(until: "it has vanished") {
                    $0.values(of: "koreai_training_status").isEmpty && $0.values(of: "koreai_export_status").isEmpty
                        && $0.values(of: "koreai_ml_in_sync").isEmpty && $0.values(of: "koreai_poll_up") == [0, 0, 0]
                }
                #expect(gone.values(of: "koreai_poll_last_success_timestamp_seconds").count == 3)
                simulator.removeFaults()
                try await exporter.scrape(until: "it is back") { $0.values(of: "koreai_training_status").count == 10 }
            }
        }
    }
}
