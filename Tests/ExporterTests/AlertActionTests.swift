import Curl
import Foundation
import Model
import Settings
import TestSupport
import Testing

@testable import App
@testable import Simulator
@testable import koreai_exporter

/// Alerts that start trainings in a running exporter.
@Suite(.serialized)
struct AlertActionTests {
    private static let token = "token-of-the-test"
    private static let started = #"koreai_actions_total{action="train_ml",outcome="started"}"#

    private func settings(_ baseURL: String, _ change: (inout AlertActionSettings) -> Void = { _ in }) -> Settings {
        var settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL), TestPlatform.bot("b", at: baseURL)])
        var actions = AlertActionSettings(
            token: Secret(Self.token),
            rules: [AlertActionSettings.Rule(alerts: [NamePattern("Drift")], coolDown: .seconds(600), maxPerDay: 2)]
        )
        change(&actions)
        settings.actions = actions
        return settings
    }

    private func notification(
        bot: String = "a",
        status: String = "firing",
        fingerprint: String = "f1",
        alertname: String = "Drift"
    ) -> String {
        """
        {"version":"4","status":"firing","receiver":"x","alerts":[{"status":"\(status)","labels":{"alertname":"\(alertname)",
        "bot":"\(bot)","language":"en","component":"sentences"},"startsAt":"2026-11-21T15:00:00Z","fingerprint":"\(fingerprint)"}]}
        """
    }

    private func send(
        _ body: String,
        to exporter: RunningExporter,
        token: String? = token
    ) async throws -> (status: Int, text: String) {
        let headers = token.map { [(name: "Authorization", value: "Bearer " + $0)] } ?? []
        let reply = try await exporter.post("/api/v1/alerts", headers: headers, body: body)
        return (reply.status, String(decoding: reply.body, as: UTF8.self))
    }

    private func expect(
        _ text: String,
        of body: String,
        to exporter: RunningExporter,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let reply = try await send(body, to: exporter)
        #expect(reply.status == 200, sourceLocation: sourceLocation)
        #expect(reply.text == text, sourceLocation: sourceLocation)
    }

    private func expect(
        _ status: Int,
        of body: String,
        to exporter: RunningExporter,
        token: String? = token,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let reply = try await send(body, to: exporter, token: token)
        #expect(reply.status == status, sourceLocation: sourceLocation)
    }

    @Test(
        "an alert trains its bot once, and neither its repetition nor another within the cool-down does, also after a restart"
    )
    func trains() async throws {
        var scenario = TestPlatform.scenario(bots: ["a", "b"])
        for index in scenario.bots.indices {
            scenario.bots[index].onTrain = Scenario.Training()
        }
        let simulator = try Simulator(scenario: scenario)
        let folder = TemporaryFolder()
        let runs = #"koreai_training_runs_total{bot="a",engine="ml",language="en",state="configured"}"#
        try await simulator.withRunning { baseURL in
            let settings = settings(baseURL)
            try await RunningExporter.with(settings, storage: folder.path) { exporter in
                try await exporter.scrape(until: "it was polled before the alert") { $0[runs] == 0 }
                let first = try await send(notification(), to: exporter)
                #expect(first.status == 200)
                #expect(first.text == "Drift@a: started\n")
                try await expect("Drift@a: duplicate\n", of: notification(), to: exporter)
                try await expect("Drift@a: cool_down\n", of: notification(fingerprint: "f2"), to: exporter)
                try await expect("", of: notification(status: "resolved"), to: exporter)
                try await expect("Other@a: unmatched\n", of: notification(alertname: "Other"), to: exporter)
                try simulator.finishTraining(Platform.TrainingTarget("a"))
                let page = try await exporter.scrape(until: "the training is counted") { $0[runs] == 1 }
                // What a scrape shows is stored, and so is how the training ended.
                #expect(page[Self.started] == 1)
                #expect(page[#"koreai_actions_total{action="train_ml",outcome="duplicate"}"#] == 1)
            }
            try await RunningExporter.with(settings, storage: folder.path) { exporter in
                try await expect("Drift@a: duplicate\n", of: notification(), to: exporter)
                try await expect("Drift@a: cool_down\n", of: notification(fingerprint: "f2"), to: exporter)
                try await expect("Drift@b: started\n", of: notification(bot: "b", fingerprint: "f3"), to: exporter)
                let history = String(decoding: try await exporter.get("/bot?name=a").body, as: UTF8.self)
                    .replacing("</td>\n<td>", with: "</td><td>")
                for outcome in ["done", "cool down"] {
                    #expect(history.contains("<td>train ml en</td><td>alert Drift</td><td>\(outcome)"))
                }
                // The platform's Training_ID is told of the start and, as the polls saw it end, of the run.
                let ended = simulator.events().first { $0.kind == .trainingEnded && $0.bot == "st-a" }
                let id = try #require(ended?.runID)
                #expect(history.contains("<td>done <span class=\"quiet\">\(id)</span></td>"))
                #expect(history.contains("<div class=\"quiet\">\(id)</div>"))
                let runs = String(decoding: try await exporter.get("/api/v1/runs?bot=a").body, as: UTF8.self)
                #expect(runs.contains(#""run_id":"\#(id)""#))
                #expect(runs.contains(#""id":"\#(id)""#))
                #expect(!history.contains("duplicate"))
            }
            #expect(simulator.requests().byEndpoint["ml_train"] == 2)
        }
    }

    @Test(
        "whoever has not the token, and what is no notification, starts nothing; nor is there anything without the section"
    )
    func guarded() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a", "b"]))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(settings(baseURL)) { exporter in
                try await expect(401, of: notification(), to: exporter, token: nil)
                for wrong in ["", "x", Self.token + "x", String(Self.token.reversed())] {
                    try await expect(401, of: notification(), to: exporter, token: wrong)
                }
                for body in ["", "{}", "[]", notification().replacing("\"4\"", with: "\"3\"")] {
                    try await expect(400, of: body, to: exporter)
                }
                let large = String(repeating: " ", count: 2 << 20)
                try await expect(413, of: large, to: exporter)
                let read = try await exporter.get("/api/v1/alerts")
                #expect(read.status != 200)
            }
            var without = settings(baseURL)
            without.actions = nil
            try await RunningExporter.with(without) { exporter in
                try await expect(404, of: notification(), to: exporter)
            }
            try await RunningExporter.with(settings(baseURL) { $0.isDryRun = true }) { exporter in
                try await expect("Drift@a: dry_run\n", of: notification(), to: exporter)
                try await expect("Drift@a: dry_run\n", of: notification(), to: exporter)
            }
            #expect(simulator.requests().byEndpoint["ml_train"] == nil)
        }
    }

    @Test("a start that the platform refuses is told of, and may be tried again once the cool-down is over")
    func refused() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            simulator.inject(.scopeMissing, matching: FaultMatch(endpoint: .mlTrain))
            try await RunningExporter.with(settings(baseURL)) { exporter in
                try await expect("Drift@a: failed\n", of: notification(), to: exporter)
                try await expect("Drift@a: cool_down\n", of: notification(), to: exporter)
            }
        }
    }
}
