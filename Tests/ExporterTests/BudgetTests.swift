import Foundation
import Settings
import TestSupport
import Testing

@testable import App
@testable import Simulator
@testable import koreai_exporter

/// The budget of a running exporter, against a platform that enforces its limits.
@Suite(.serialized)
struct BudgetTests {
    /// 3 targets at 100 ms ask for 1,800 requests a minute.
    private func scenario(_ limits: Scenario.Limits) -> Scenario {
        var scenario = TestPlatform.scenario(bots: ["a"])
        scenario.limits = limits
        return scenario
    }

    @Test("a bot that asks for more than its budget is never throttled, all is polled, and the stretch is shown")
    func stretched() async throws {
        let simulator = try Simulator(scenario: scenario(Scenario.Limits(per: .bot, perMinute: 100, perHour: 3000)))
        try await simulator.withRunning { baseURL in
            var settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            settings.budgets = BudgetSettings(per: .bot, requestsPerMinute: 100, requestsPerHour: 3000)
            try await RunningExporter.with(settings) { exporter in
                let first = try await exporter.scrape(until: "all were polled") {
                    $0.values(of: "koreai_poll_up") == [1, 1, 1]
                }
                let attempts = first.values(of: "koreai_poll_last_attempt_timestamp_seconds").max() ?? 0
                let later = try await exporter.scrape(
                    until: "all were polled again, and the budget is shown",
                    always: { $0[#"koreai_api_throttled_total{budget="status:a"}"#] == 0 }
                ) {
                    let again = $0.values(of: "koreai_poll_last_attempt_timestamp_seconds")
                    return again.allSatisfy { $0 > attempts + 1 }
                        && $0[#"koreai_api_budget_remaining{budget="status:a",window="hour"}"#] ?? 3000 < 2997
                }
                #expect(later.values(of: "koreai_poll_interval_seconds").allSatisfy { $0 > 1 && $0 < 20 })
                #expect(later[#"koreai_polls_delayed_total{bot="a"}"#] ?? 0 >= 3)
                #expect(later[#"koreai_api_budget_limit{budget="status:a",window="minute"}"#] == 100)
            }
        }
    }

    @Test("a platform that takes less than configured makes the exporter slow down, and is not hammered")
    func earlyThrottling() async throws {
        let simulator = try Simulator(scenario: scenario(Scenario.Limits(per: .bot, perMinute: 3, perHour: 1800)))
        try await simulator.withRunning { baseURL in
            var settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            settings.budgets = BudgetSettings(requestsPerMinute: 60, requestsPerHour: 1800)
            try await RunningExporter.with(settings) { exporter in
                let slow = try await exporter.scrape(until: "it has learned") {
                    $0[#"koreai_api_budget_limit{budget="status:a",window="minute"}"#] ?? 60 <= 15
                }
                #expect(slow[#"koreai_api_budget_limit{budget="status:a",window="hour"}"#] == 1800)
                let throttled = slow[#"koreai_api_throttled_total{budget="status:a"}"#] ?? 0
                // Each refusal halves the limit; the first may be of three requests that were under way together.
                let limit = slow[#"koreai_api_budget_limit{budget="status:a",window="minute"}"#] ?? 60
                #expect(throttled >= 2 && throttled <= 2 + log2(60 / max(limit, 1)).rounded(.up))
                #expect(slow.values(of: "koreai_poll_up").count == 3)
            }
        }
    }

    @Test("what a command asks beside an exporter is counted by it, and spends the same budget")
    func command() async throws {
        let folder = TemporaryFolder()
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            var bot = TestPlatform.bot("a", at: baseURL)
            (bot.pollInterval, bot.activeInterval, bot.maxAge) = (.seconds(3600), .seconds(3600), .seconds(7200))
            var settings = TestPlatform.settings([bot])
            settings.budgets = BudgetSettings()
            let file = folder.path + "/config.yml"
            try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
            try ScenarioConfiguration(simulator.scenario, baseURL: baseURL, pollInterval: "60s").yaml
                .write(toFile: file, atomically: true, encoding: .utf8)
            let asked = #"koreai_api_requests_total{endpoint="ml_export_status",code="200"}"#
            let left = #"koreai_api_budget_remaining{budget="status:a",window="hour"}"#
            try await RunningExporter.with(settings, storage: folder.path + "/store") { exporter in
                try await exporter.scrape(until: "all are polled") { $0[asked] == 1 && $0[left] == 1799 }
                let status = try await Command.run([
                    "status", "--config.file", file, "--storage.path", folder.path + "/store",
                ])
                #expect(status.exitCode == 0, "\(status.errors)")
                try await exporter.scrape(until: "the command is counted") { $0[asked] == 2 && $0[left] == 1798 }
                simulator.inject(.throttled(retryAfter: 1), matching: FaultMatch(endpoint: .mlExport))
                let export = try await Command.run([
                    "export", "a", "--config.file", file, "--storage.path", folder.path + "/store",
                ])
                #expect(export.exitCode == 6)
                let counted = try await exporter.scrape(until: "its refusal is counted") {
                    $0[#"koreai_api_throttled_total{budget="bot:a"}"#] == 1
                }
                #expect(counted[#"koreai_api_budget_remaining{budget="bot:a",window="hour"}"#] == 1799)
            }
        }
    }

    @Test(
        "lists of 2,000 bots at a short interval keep within 60 a minute, for all discoveries of a credential together"
    )
    func lists() async throws {
        var scenario = TestPlatform.scenario(bots: (0..<2000).map { "bot-\($0)" })
        scenario.credentials[0].isAdmin = true
        scenario.limits = Scenario.Limits(perMinute: 60, perHour: 1800)
        let simulator = try Simulator(scenario: scenario)
        try await simulator.withRunning { baseURL in
            var settings = TestPlatform.settings([])
            settings.budgets = BudgetSettings()
            settings.discoveries = ["first", "second"].map { name in
                DiscoverySettings(
                    name: name,
                    listCredential: "main",
                    include: [NamePattern("none of them")],
                    refreshInterval: .seconds(1),
                    watch: TestPlatform.bot("", at: baseURL)
                )
            }
            try await RunningExporter.with(settings) { exporter in
                let left = #"koreai_api_budget_remaining{budget="account:main",window="minute"}"#
                let asked = #"koreai_api_requests_total{endpoint="bots",code="200"}"#
                let spent = try await exporter.scrape(until: "the budget is spent") { $0[left] == 0 && $0[asked] == 60 }
                #expect(spent[#"koreai_api_budget_limit{budget="account:main",window="minute"}"#] == 60)
                #expect(spent[#"koreai_api_throttled_total{budget="account:main"}"#] == 0)
                // The platform agrees, which counts for itself.
                let counts = simulator.requests()
                #expect(counts.byEndpoint["bots"] == 60)
                #expect(counts.total == 60)
            }
        }
    }

    @Test("a list that is refused is seen in the metrics of requests")
    func refusedList() async throws {
        let simulator = try Simulator(scenario: scenario(.off))
        simulator.inject(.throttled(retryAfter: 30), matching: FaultMatch(endpoint: .bots))
        try await simulator.withRunning { baseURL in
            var settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            settings.discoveries = [
                DiscoverySettings(
                    name: "account",
                    listCredential: "main",
                    refreshInterval: .seconds(1),
                    watch: TestPlatform.bot("", at: baseURL)
                )
            ]
            try await RunningExporter.with(settings) { exporter in
                let refused = try await exporter.scrape(until: "it was refused") {
                    $0[#"koreai_api_throttled_total{budget="account:main"}"#] == 1
                }
                #expect(refused[#"koreai_api_request_failures_total{endpoint="bots",reason="throttled"}"#] == 1)
                #expect(refused[#"koreai_api_budget_remaining{budget="account:main",window="minute"}"#] == 0)
            }
        }
    }
}
