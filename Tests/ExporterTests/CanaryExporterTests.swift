import Curl
import Foundation
import Settings
import TestSupport
import Testing

@testable import App
@testable import Simulator
@testable import koreai_exporter

/// Canaries of a running exporter.
@Suite(.serialized)
struct CanaryExporterTests {
    private func settings(_ baseURL: String, _ canary: CanarySettings) -> Settings {
        var settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL), TestPlatform.bot("b", at: baseURL)])
        settings.canaries = [canary]
        return settings
    }

    @Test("a canary's export is started, counted and measured as every other, and not again after a restart")
    func export() async throws {
        var scenario = TestPlatform.scenario(bots: ["a", "b"])
        for index in scenario.bots.indices {
            scenario.bots[index].timeline = []
            scenario.bots[index].onExport = Scenario.Export()
        }
        let simulator = try Simulator(scenario: scenario)
        let folder = TemporaryFolder()
        try await simulator.withRunning { baseURL in
            let settings = settings(baseURL, CanarySettings(bots: [NamePattern("a")]))
            try await RunningExporter.with(settings, storage: folder.path) { exporter in
                try await exporter.scrape(until: "the export runs") {
                    $0[#"koreai_export_status{bot="a",export="ml_utterances",status="in_progress"}"#] == 1
                }
                try simulator.finishExport("a")
                let done = try await exporter.scrape(until: "the export is counted and measured") {
                    $0[#"koreai_export_jobs_total{bot="a",export="ml_utterances"}"#] == 1
                        && $0[#"koreai_export_duration_seconds_count{bot="a",export="ml_utterances"}"#] == 1
                }
                #expect(done[#"koreai_actions_total{action="canary_export",outcome="started"}"#] == 1)
                #expect(done[#"koreai_api_requests_total{endpoint="ml_export",code="200"}"#] == 1)
            }
            try await RunningExporter.with(settings, storage: folder.path) { exporter in
                simulator.resetRequests()
                _ = try await simulator.requests { $0.total > 30 }
                #expect(try await exporter.scrape().values(of: "koreai_actions_total") == [])
            }
            #expect(simulator.requests().byEndpoint["ml_export"] == nil)
            #expect(simulator.events().count { $0.kind == .exportStarted } == 1)
        }
    }

    @Test("the history tells how a canary's training ended, also of one that was too short to be seen")
    func verdict() async throws {
        struct Answer: Decodable {
            struct Action: Decodable {
                var action: String, outcome: String
            }
            var actions: [Action]
        }
        var scenario = TestPlatform.scenario(bots: ["a", "b"])
        scenario.bots[0].timeline = []
        scenario.bots[0].trainDetails = .constant
        scenario.bots[0].onTrain = Scenario.Training(takes: .fixed(.milliseconds(1)))
        let simulator = try Simulator(scenario: scenario)
        try await simulator.withRunning { baseURL in
            try simulator.startTraining(Platform.TrainingTarget("a"))
            try simulator.finishTraining(Platform.TrainingTarget("a"))
            let canary = CanarySettings(action: .trainML, bots: [NamePattern("a")])
            try await RunningExporter.with(settings(baseURL, canary)) { exporter in
                _ = try await exporter.scrape(until: "the canary is counted") {
                    $0[#"koreai_actions_total{action="canary_train_ml",outcome="started"}"#] == 1
                }
                try await eventually("the training was too short to be seen", within: .seconds(120)) {
                    let body = try await exporter.get("/api/v1/runs?bot=a").body
                    return try JSONDecoder().decode(Answer.self, from: Data(body)).actions.first?.outcome
                        == "done_unseen"
                }
                #expect(simulator.requests().byEndpoint["ml_train"] == 1)
            }
        }
    }

    @Test("a training canary trains each language, and one that is refused is told of")
    func training() async throws {
        var scenario = TestPlatform.scenario(bots: ["a", "b"])
        scenario.bots[0].onTrain = Scenario.Training(takes: .fixed(.milliseconds(300)))
        scenario.credentials[0].scopes = [.trainML]
        let simulator = try Simulator(scenario: scenario)
        try await simulator.withRunning { baseURL in
            let canary = CanarySettings(action: .trainML, bots: [NamePattern("a")])
            try await RunningExporter.with(settings(baseURL, canary)) { exporter in
                _ = try await exporter.scrape(until: "the training is counted") {
                    $0.values(of: "koreai_training_runs_total", with: #"bot="a""#).reduce(0, +) == 1
                }
            }
            let refused = CanarySettings(action: .export, bots: [NamePattern("b")])
            try await RunningExporter.with(settings(baseURL, refused)) { exporter in
                _ = try await exporter.scrape(until: "the refusal is counted") {
                    $0[#"koreai_actions_total{action="canary_export",outcome="failed"}"#] == 1
                }
            }
        }
    }
}
