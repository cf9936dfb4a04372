import Curl
import Settings
import Simulator
import Synchronization
import Testing

@testable import koreai_exporter

/// An exporter that finds its bots by itself.
@Suite(.serialized)
struct DiscoveryTests {
    private func scenario(bots: Int) -> Scenario {
        var scenario = TestPlatform.scenario(bots: (0..<bots).map { "bot-\($0)" })
        scenario.credentials[0].isAdmin = true
        return scenario
    }

    private func settings(_ baseURL: String, _ change: (inout DiscoverySettings) -> Void = { _ in }) -> Settings {
        var settings = TestPlatform.settings([])
        var discovery = DiscoverySettings(
            name: "account",
            listCredential: "main",
            refreshInterval: .seconds(1),
            gracePeriod: .zero,
            watch: TestPlatform.bot("", at: baseURL)
        )
        change(&discovery)
        settings.discoveries = [discovery]
        return settings
    }

    @Test("bots of all pages are found and polled; one that disappears vanishes, one that comes back goes on")
    func pages() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 60))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(settings(baseURL) { $0.watch.collectors = [.mlTraining] }) { exporter in
                try await exporter.scrape(until: "all were found and polled") {
                    $0[#"koreai_discovery_bots{discovery="account"}"#] == 60
                        && $0.values(of: "koreai_poll_up") == Array(repeating: 1, count: 60)
                }
                // The list without all but one bot.
                let list =
                    #"{"total":1,"availableMore":false,"bots":[{"_id":"st-bot-7","name":"bot-7","defaultLanguage":"en"}]}"#
                let fault = simulator.inject(
                    .reply(status: 200, headers: ["Content-Type": "application/json"], body: list),
                    matching: FaultMatch(endpoint: .bots)
                )
                // A list that was under way has bots of both, and what is followed changes before what is told of it.
                try await exporter.scrape(until: "the others are gone") {
                    $0.values(of: "koreai_training_status").count == 5
                        && $0[#"koreai_discovery_bots{discovery="account"}"#] == 1
                        && $0[#"koreai_exporter_targets{collector="ml_training"}"#] == 1
                }
                simulator.removeFault(fault)
                try await exporter.scrape(until: "all are back") {
                    $0.values(of: "koreai_training_status").count == 60 * 5
                }
            }
        }
    }

    @Test("while the list cannot be had, what is known stays; nothing of a reload is lost by a list, nor the other way")
    func failing() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 3))
        try await simulator.withRunning { baseURL in
            let before = settings(baseURL)
            let after = settings(baseURL) { $0.exclude = [NamePattern("*-2")] }
            try await RunningExporter.with(before, reloaded: { after }) { exporter in
                try await exporter.scrape(until: "all were found") {
                    $0[#"koreai_discovery_bots{discovery="account"}"#] == 3
                }
                simulator.inject(.serverError, matching: FaultMatch(endpoint: .bots))
                #expect(try await exporter.post("/-/reload").status == 200)
                let reloaded = try await exporter.scrape(until: "the exclusion counts") {
                    $0[#"koreai_discovery_bots{discovery="account"}"#] == 2
                }
                #expect(reloaded[#"koreai_exporter_targets{collector="ml_training"}"#] == 2)
                simulator.removeFaults()
            }
        }
    }

    @Test("an exporter without configured bots and without a list is there all the same, and ready")
    func nothing() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 1))
        try await simulator.withRunning { baseURL in
            simulator.inject(.unauthorized, matching: FaultMatch(endpoint: .bots))
            try await RunningExporter.with(settings(baseURL)) { exporter in
                #expect(try await exporter.get("/-/ready").status == 200)
                let page = try await exporter.scrape()
                #expect(page[#"koreai_discovery_bots{discovery="account"}"#] == 0)
            }
        }
    }
}
