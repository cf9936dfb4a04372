import Settings
import Simulator
import Testing

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
        let simulator = try Simulator(scenario: scenario(Scenario.Limits(perMinute: 100, perHour: 3000)))
        try await simulator.withRunning { baseURL in
            var settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            settings.budgets = BudgetSettings(requestsPerMinute: 100, requestsPerHour: 3000)
            try await RunningExporter.with(settings) { exporter in
                let first = try await exporter.scrape(until: "all were polled") {
                    $0.values(of: "koreai_poll_up") == [1, 1, 1]
                }
                let attempts = first.values(of: "koreai_poll_last_attempt_timestamp_seconds").max() ?? 0
                let later = try await exporter.scrape(
                    until: "all were polled again, and the budget is shown",
                    always: { $0[#"koreai_api_throttled_total{budget="a"}"#] == 0 }
                ) {
                    let again = $0.values(of: "koreai_poll_last_attempt_timestamp_seconds")
                    return again.allSatisfy { $0 > attempts + 1 }
                        && $0[#"koreai_api_budget_remaining{budget="a",window="hour"}"#] ?? 3000 < 2997
                }
                #expect(later.values(of: "koreai_poll_interval_seconds").allSatisfy { $0 > 1 && $0 < 20 })
                #expect(later[#"koreai_polls_delayed_total{bot="a"}"#] ?? 0 >= 3)
                #expect(later[#"koreai_api_budget_limit{budget="a",window="minute"}"#] == 100)
            }
        }
    }

    @Test("a platform that takes less than configured makes the exporter slow down, and is not hammered")
    func earlyThrottling() async throws {
        let simulator = try Simulator(scenario: scenario(Scenario.Limits(perMinute: 3, perHour: 1800)))
        try await simulator.withRunning { baseURL in
            var settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            settings.budgets = BudgetSettings(requestsPerMinute: 60, requestsPerHour: 1800)
            try await RunningExporter.with(settings) { exporter in
                let slow = try await exporter.scrape(until: "it has learned") {
                    $0[#"koreai_api_budget_limit{budget="a",window="minute"}"#] ?? 60 <= 15
                }
                #expect(slow[#"koreai_api_budget_limit{budget="a",window="hour"}"#] == 1800)
                let throttled = slow[#"koreai_api_throttled_total{budget="a"}"#] ?? 0
                #expect(throttled >= 2 && throttled <= 4)
                #expect(slow.values(of: "koreai_poll_up").count == 3)
            }
        }
    }
}
