import Archive
import Curl
import Foundation
import Model
import Polling
import Settings
import Synchronization
import TestSupport
import Testing

@testable import App
@testable import Simulator
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

    @Test("what was found and cannot be read any more is found anew")
    func unreadable() async throws {
        let folder = TemporaryFolder()
        let archive = try await Archive.open(at: folder.path, logger: .quiet)
        var batch = Batch()
        batch.values[Discoveries.key] = Array("noise".utf8)
        try await archive.commit(batch)
        try await archive.close()
        let simulator = try Simulator(scenario: scenario(bots: 2))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(settings(baseURL), storage: folder.path) { exporter in
                _ = try await exporter.scrape(until: "both were found") { $0.values(of: "koreai_bot_info").count == 2 }
            }
        }
        let again = try await Archive.open(at: folder.path, logger: .quiet)
        let discoveries = try await Discoveries(settings("http://127.0.0.1:1"), loaded: again.load([]))
        #expect(discoveries.discovered.count == 1)
        try await again.close()
    }

    @Test("a list that comes while the store is full is followed all the same")
    func fullStore() async throws {
        let folder = TemporaryFolder()
        let simulator = try Simulator(scenario: scenario(bots: 60))
        try await simulator.withRunning { baseURL in
            let settings = settings(baseURL) { $0.watch.collectors = [.mlTraining] }
            // Room for the tables and little more.
            try await RunningExporter.with(settings, storage: folder.path, mostPages: 40) { exporter in
                _ = try await exporter.scrape(until: "all are polled though nothing is stored") {
                    $0.values(of: "koreai_poll_up") == Array(repeating: 1, count: 60)
                        && $0["koreai_exporter_store_write_failures_total"] ?? 0 > 0
                }
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

    @Test("a list whose second page is empty retires nobody, is counted, and is asked for again")
    func notWhole() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 60))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(settings(baseURL) { $0.watch.collectors = [.mlTraining] }) { exporter in
                let incomplete = #"koreai_discovery_failures_total{discovery="account",reason="incomplete"}"#
                let success = #"koreai_discovery_last_success_timestamp_seconds{discovery="account"}"#
                let whole = try await exporter.scrape(until: "all were found") {
                    $0.values(of: "koreai_bot_info").count == 60
                }
                #expect(whole[incomplete] == 0)
                #expect(whole[#"koreai_discovery_failures_total{discovery="account",reason="timeout"}"#] == 0)
                try simulator.setBotList(Scenario.BotList(emptyPages: 1_000_000))
                let counted = try await exporter.scrape(
                    until: "two lists were not whole",
                    always: { $0.values(of: "koreai_bot_info").count == 60 },
                    { $0[incomplete] ?? 0 >= 2 }
                )
                #expect(
                    counted[success] ?? .infinity < counted[
                        #"koreai_discovery_last_attempt_timestamp_seconds{discovery="account"}"#
                    ] ?? 0
                )
                try simulator.setBotList(Scenario.BotList())
                try await exporter.scrape(
                    until: "a list is whole again",
                    always: { $0.values(of: "koreai_bot_info").count == 60 },
                    { $0[success] ?? 0 > counted[success] ?? .infinity }
                )
            }
        }
    }

    @Test("bots of every page are found where offset counts pages, and where pages are smaller than asked")
    func pagesOfAnotherKind() async throws {
        var scenario = scenario(bots: 45)
        scenario.botList = Scenario.BotList(offset: .pages, pageSize: 20)
        let simulator = try Simulator(scenario: scenario)
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(settings(baseURL) { $0.watch.collectors = [.mlTraining] }) { exporter in
                let scrape = try await exporter.scrape(until: "all were found") {
                    $0[#"koreai_discovery_bots{discovery="account"}"#] == 45
                }
                #expect(scrape.values(of: "koreai_discovery_failures_total").allSatisfy { $0 == 0 })
            }
        }
    }

    @Test("the published version is polled only while the list says that there is one, of found and configured bots")
    func published() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 2))
        try await simulator.withRunning { baseURL in
            try simulator.unpublish("bot-1")
            var settings = settings(baseURL) {
                $0.exclude = [NamePattern("bot-0")]
                $0.watch.states = [.configured, .published]
            }
            var configured = TestPlatform.bot("bot-0", at: baseURL)
            (configured.states, configured.name) = ([.configured, .published], "mine")
            settings.bots = [configured]
            try await RunningExporter.with(settings) { exporter in
                func polled(_ scrape: Scrape, _ bot: String, _ state: String) -> Int {
                    scrape.values(of: "koreai_poll_up", with: "bot=\"\(bot)\"", "state=\"\(state)\"").count
                }
                try await exporter.scrape(until: "the list has told of both") {
                    $0[#"koreai_bot_published{bot="mine"}"#] == 1 && $0[#"koreai_bot_published{bot="bot-1"}"#] == 0
                        && polled($0, "mine", "published") == 2 && polled($0, "bot-1", "configured") == 2
                        && polled($0, "bot-1", "published") == 0
                }
                // Requests of either are counted by their target: none was ever made about a version that is not there.
                let asked = simulator.requests().targets.keys.filter { $0.contains("state=published") }
                #expect(asked.contains { $0.contains("st-bot-0") })
                #expect(!asked.contains { $0.contains("st-bot-1") })
                try simulator.startPublish("bot-1", takes: .zero)
                try simulator.unpublish("bot-0")
                try await exporter.scrape(until: "both have changed") {
                    $0[#"koreai_bot_published{bot="mine"}"#] == 0 && $0[#"koreai_bot_published{bot="bot-1"}"#] == 1
                        && polled($0, "mine", "published") == 0 && polled($0, "mine", "configured") == 2
                        && polled($0, "bot-1", "published") == 2
                        && $0.values(of: "koreai_training_status", with: #"bot="mine""#, #"state="published""#).isEmpty
                }
            }
        }
    }

    @Test("a restart goes on with bots, labels and the last success before a list has come, and while none comes")
    func restart() async throws {
        let simulator = try Simulator(scenario: scenario(bots: 3))
        let folder = TemporaryFolder()
        let success = #"koreai_discovery_last_success_timestamp_seconds{discovery="account"}"#
        try await simulator.withRunning { baseURL in
            try simulator.setListed("bot-0", false)
            try simulator.setListed("bot-1", true, as: "same")
            let settings = settings(baseURL)
            let before = try await RunningExporter.with(settings, storage: folder.path) { exporter in
                try await exporter.scrape(until: "the first are found") { $0.values(of: "koreai_bot_info").count == 2 }
                try simulator.setListed("bot-0", true, as: "same")
                return try await exporter.scrape(until: "the namesake is found") {
                    $0.values(of: "koreai_poll_up", with: #"bot="same (st-bot-0)""#) == [1, 1, 1]
                }
            }
            simulator.inject(.serverError, matching: FaultMatch(endpoint: .bots))
            try await RunningExporter.with(settings, storage: folder.path) { exporter in
                let after = try await exporter.scrape(until: "the list failed") {
                    $0[#"koreai_discovery_failures_total{discovery="account",reason="server_error"}"#] ?? 0 > 0
                        && $0.values(of: "koreai_poll_up").count == 9
                }
                for (label, id) in [("same", "st-bot-1"), ("same (st-bot-0)", "st-bot-0"), ("bot-2", "st-bot-2")] {
                    let series = #"koreai_bot_info{bot="\#(label)",bot_id="\#(id)",base_url="\#(baseURL)"}"#
                    #expect(before[series] == 1)
                    #expect(after[series] == 1)
                }
                #expect(after[#"koreai_bot_published{bot="same"}"#] == 1)
                #expect(after[#"koreai_discovery_bots{discovery="account"}"#] == 3)
                #expect(after[success] ?? 0 >= before[success] ?? .infinity)
                #expect(
                    after[success] ?? .infinity
                        < after[#"koreai_discovery_last_attempt_timestamp_seconds{discovery="account"}"#] ?? 0
                )
                simulator.removeFaults()
                try simulator.setListed("bot-1", false)
                try await exporter.scrape(until: "the one with the plain name is gone, and the other keeps its own") {
                    $0.values(of: "koreai_bot_info").count == 2
                        && $0.values(of: "koreai_bot_info", with: #"bot="same (st-bot-0)""#) == [1]
                }
            }
        }
    }
}

/// The program itself, with a platform that is down when it starts again.
@Suite(.serialized)
struct DiscoveryEndToEndTests {
    private let folder = TemporaryFolder()

    private func run(
        _ baseURL: String,
        _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws -> Command.Result {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let file = folder.path + "/config.yml"
        try """
        defaults: { base_url: "\(baseURL)", poll_interval: 1s, active_interval: 1s }
        credentials: [{ name: main, client_id: \(TestPlatform.clientID), client_secret: \(TestPlatform.clientSecret) }]
        budgets: { requests_per_minute: 10000, requests_per_hour: 100000 }
        discovery: [{ refresh_interval: 1s }]

        """.write(toFile: file, atomically: true, encoding: .utf8)
        let command = try Command([
            "--config.file", file, "--storage.path", folder.path + "/store", "--web.listen-address", "127.0.0.1:0",
        ])
        return try await command.result { command in
            try await command.waitFor("msg=listening address=")
            let address = command.errors.firstMatch(of: /msg=listening address=([0-9.:]+)/)?.1
            try await body("http://\(try #require(address))/metrics")
            command.send(SIGTERM)
        }
    }

    private func scrape(_ url: String, until holds: @Sendable (Scrape) -> Bool) async throws -> Scrape {
        let curl = try CurlClient()
        var scrape = Scrape("")
        try await eventually("the scrape has what is expected", within: .seconds(120)) {
            let reply = try await curl.perform(CurlRequest(url: url, timeout: .seconds(300), maxResponseBytes: 1 << 20))
            scrape = Scrape(String(decoding: reply.body, as: UTF8.self))
            return holds(scrape)
        }
        await curl.shutdown()
        return scrape
    }

    @Test("after a restart with the platform down the bots are polled all the same; no client secret is ever stored")
    func platformDown() async throws {
        var scenario = TestPlatform.scenario(bots: ["a", "b", "c"])
        scenario.credentials[0].isAdmin = true
        let simulator = try Simulator(scenario: scenario)
        let labels = ["a", "b", "c"].map { #"bot="\#($0)""# }
        let baseURL = try await simulator.withRunning { baseURL in
            let result = try await run(baseURL) { url in
                let page = try await scrape(url) { page in
                    labels.allSatisfy { page.values(of: "koreai_poll_up", with: $0).count == 5 }
                }
                for label in labels { #expect(page.values(of: "koreai_poll_up", with: label) == [1, 1, 1, 1, 1]) }
            }
            #expect(result.exitCode == 0)
            #expect(!result.errors.contains("client-secret-of-"))
            return baseURL
        }
        let result = try await run(baseURL) { url in
            let page = try await scrape(url) { page in
                labels.allSatisfy { page.values(of: "koreai_poll_up", with: $0) == [0, 0, 0, 0, 0] }
                    && page[#"koreai_discovery_failures_total{discovery="main",reason="connect"}"#] ?? 0 > 0
            }
            for label in labels {
                #expect(page.values(of: "koreai_poll_up", with: label) == [0, 0, 0, 0, 0])
                #expect(page.values(of: "koreai_bot_info", with: label) == [1])
                #expect(page.values(of: "koreai_bot_published", with: label) == [1])
                #expect(page.values(of: "koreai_poll_last_attempt_timestamp_seconds", with: label).count == 5)
            }
            #expect(page[#"koreai_discovery_last_success_timestamp_seconds{discovery="main"}"#] != nil)
        }
        #expect(result.exitCode == 0)
        let log = result.errors.split(separator: "\n").filter { $0.contains("did not come whole") }
        #expect(log.count == 1, "it is told once, however often it is tried")
        let store = folder.path + "/store"
        for file in try FileManager.default.contentsOfDirectory(atPath: store) {
            let bytes = try Data(contentsOf: URL(filePath: store + "/" + file))
            #expect(bytes.range(of: Data("client-secret-of-".utf8)) == nil, "\(file)")
            #expect(bytes.range(of: Data("clientSecret".utf8)) == nil, "\(file)")
        }
    }
}
