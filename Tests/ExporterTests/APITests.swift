import Curl
import FoundationEssentials
import Model
import Testing

@testable import Simulator

@Suite(.serialized)
struct APITests {
    private struct Targets: Decodable {
        struct Target: Decodable {
            let bot: String
            let bot_id: String
            let collector: String
            let language: String?
            let status: String?
            let attention: String
            let last_attempt: String?
            let poll_interval_seconds: Double?
        }

        let targets: [Target]
        let matching: Int
        let page: Int
        let pages: Int
    }

    private struct Runs: Decodable {
        struct Run: Decodable {
            let collector: String
            let language: String?
            let outcome: String
            let start: String?
            let end: String
            let duration_seconds: Double?
            let duration_bound_seconds: Double?
        }

        let bot: String
        let runs: [Run]
    }

    private func get<Answer: Decodable>(_ exporter: RunningExporter, _ path: String) async throws -> Answer {
        let response = try await exporter.get(path)
        #expect(response.status == 200)
        return try JSONDecoder().decode(Answer.self, from: Data(response.body))
    }

    @Test("the API lists the targets in pages, and a bot's runs with their times and how sure they are")
    func lists() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a", "b"]))
        try await simulator.withRunning { baseURL in
            let bots = ["a", "b"].map { TestPlatform.bot($0, at: baseURL) }
            try await RunningExporter.with(TestPlatform.settings(bots)) { exporter in
                let labels = #"{bot="a",engine="ml",language="en",state="configured"}"#
                try await exporter.scrape(until: "it is polled") { $0["koreai_training_runs_total\(labels)"] == 0 }
                let target = Platform.TrainingTarget("a")
                try simulator.startTraining(target)
                try await exporter.scrape(until: "it runs") {
                    $0["koreai_training_last_start_timestamp_seconds\(labels)"] != nil
                }
                try simulator.finishTraining(target)
                try await exporter.scrape(until: "it has ended, and all is known") {
                    $0["koreai_training_runs_total\(labels)"] == 1
                        && $0.values(of: "koreai_poll_up") == [1, 1, 1, 1, 1, 1]
                }
                let all: Targets = try await get(exporter, "/api/v1/targets")
                #expect(all.targets.map(\.bot) == ["a", "a", "a", "b", "b", "b"])
                #expect(all.targets.map(\.bot_id) == ["st-a", "st-a", "st-a", "st-b", "st-b", "st-b"])
                #expect(all.targets.map(\.attention) == Array(repeating: "fine", count: 6))
                #expect(all.targets.allSatisfy { $0.last_attempt?.hasSuffix("Z") == true })
                #expect(all.targets.allSatisfy { $0.poll_interval_seconds ?? 0 > 0 })
                let page: Targets = try await get(exporter, "/api/v1/targets?bot=b&limit=2&page=2")
                #expect((page.matching, page.page, page.pages) == (3, 2, 2))
                #expect(page.targets.map(\.collector) == ["ml_export"])
                #expect(page.targets.map(\.language) == [nil])
                let none: Targets = try await get(exporter, "/api/v1/targets?attention=failed&page=99")
                #expect((none.matching, none.page, none.pages) == (0, 1, 1))
                let runs: Runs = try await get(exporter, "/api/v1/runs?bot=a")
                let run = try #require(runs.runs.first { $0.collector == "ml_training" })
                #expect(run.outcome == "success")
                #expect(run.language == "en")
                #expect(run.start ?? "" < run.end)
                #expect(run.duration_seconds ?? -1 >= 0)
                #expect(run.duration_bound_seconds ?? -1 >= 0)
                let few: Runs = try await get(exporter, "/api/v1/runs?bot=a&limit=1")
                #expect(few.runs.count == 1)
            }
        }
    }

    @Test(
        "what cannot be answered is told in JSON",
        arguments: [
            ("/api/v1/runs", 400), ("/api/v1/runs?bot=nobody", 404), ("/api/v1/runs?bot=a&limit=0", 400),
            ("/api/v1/targets?bot=nobody", 404), ("/api/v1/targets?page=0", 400), ("/api/v1/targets?limit=1001", 400),
            ("/api/v1/targets?attention=bad", 400), ("/api/v1/targets?x=1", 400),
        ]
    )
    func faults(path: String, status: Int) async throws {
        let settings = TestPlatform.settings([TestPlatform.bot("a", at: "http://127.0.0.1:1")])
        try await RunningExporter.with(settings) { exporter in
            let response = try await exporter.get(path)
            #expect(response.status == status)
            #expect(response.header("content-type") == "application/json")
            let fault = try JSONDecoder().decode([String: String].self, from: Data(response.body))
            #expect(fault["error"]?.isEmpty == false)
        }
    }
}
