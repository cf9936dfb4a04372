import Archive
import Foundation
import GRDB
import Settings
import TestSupport
import Testing

@testable import App
@testable import Simulator
@testable import koreai_exporter

/// What outlives the exporter, and what users see of a store that fails.
@Suite(.serialized)
struct StoreTests {
    private let runs = #"koreai_training_runs_total{bot="a",engine="ml",language="en",state="configured"}"#
    private let durations =
        #"koreai_training_duration_seconds_count{bot="a",engine="ml",language="en",state="configured"}"#
    private let target = Platform.TrainingTarget("a")

    private func train(_ simulator: Simulator, seenBy exporter: RunningExporter) async throws {
        let before = try await exporter.scrape(until: "it is polled") { $0[runs] != nil }[runs] ?? 0
        try simulator.startTraining(target)
        try await exporter.scrape(until: "it runs") {
            $0.values(of: "koreai_training_status", with: #"engine="ml""#, #"status="in_progress""#) == [1]
        }
        try simulator.finishTraining(target)
        try await exporter.scrape(until: "it has ended") { $0[runs] == before + 1 }
    }

    @Test("an exporter that is started again goes on counting, also what ended meanwhile, and shows it before it polls")
    func restart() async throws {
        let folder = TemporaryFolder()
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            let settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            try await RunningExporter.with(settings, storage: folder.path) { exporter in
                try await train(simulator, seenBy: exporter)
                try simulator.startTraining(target)
                try await exporter.scrape(until: "the next one runs") {
                    $0.values(of: "koreai_training_status", with: #"engine="ml""#, #"status="in_progress""#) == [1]
                }
            }
            try simulator.finishTraining(target)
            try await RunningExporter.with(settings, storage: folder.path) { exporter in
                let all = try await exporter.scrape(
                    until: "the one that ended meanwhile is counted",
                    always: { $0.values(of: "koreai_training_runs_total").isEmpty || $0[runs] ?? 0 >= 1 }
                ) { $0[runs] == 2 }
                #expect(all[durations] == 2)
            }
            // A platform that answers nothing: all that is shown is from the store.
            simulator.inject(.hang)
            try await RunningExporter.with(settings, storage: folder.path) { exporter in
                let loaded = try await exporter.scrape(until: "what was kept is shown") { $0[runs] != nil }
                #expect(loaded[runs] == 2)
                #expect(loaded[durations] == 2)
                #expect(loaded.values(of: "koreai_poll_last_success_timestamp_seconds").count == 3)
            }
        }
    }

    @Test("in memory everything begins anew")
    func memory() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            let settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            try await RunningExporter.with(settings) { try await train(simulator, seenBy: $0) }
            try await RunningExporter.with(settings) { exporter in
                let anew = try await exporter.scrape(until: "it is polled") { $0[runs] != nil }
                #expect(anew[runs] == 0)
            }
        }
    }

    @Test("another bot by the same name is not taken for the one before")
    func otherBot() async throws {
        let folder = TemporaryFolder()
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a", "b"]))
        try await simulator.withRunning { baseURL in
            var bot = TestPlatform.bot("a", at: baseURL)
            try await RunningExporter.with(TestPlatform.settings([bot]), storage: folder.path) {
                try await train(simulator, seenBy: $0)
            }
            bot.id = "st-b"
            for _ in 0..<2 {
                try await RunningExporter.with(TestPlatform.settings([bot]), storage: folder.path) { exporter in
                    let anew = try await exporter.scrape(until: "it is polled") {
                        $0.values(of: "koreai_poll_up") == [1, 1, 1] && $0[runs] != nil
                    }
                    #expect(anew[runs] == 0)
                }
            }
        }
    }

    @Test("while the store fails, polls go on, counters show nothing that is not stored, and nothing is lost after")
    func failing() async throws {
        let folder = TemporaryFolder()
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            let settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            try await RunningExporter.with(settings, storage: folder.path) { exporter in
                try await train(simulator, seenBy: exporter)
                // Another program that holds the database, as a backup may.
                var configuration = Configuration()
                configuration.allowsUnsafeTransactions = true
                configuration.busyMode = .timeout(60)
                let other = try DatabaseQueue(
                    path: folder.path + "/koreai-exporter.db",
                    configuration: configuration
                )
                try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
                try simulator.startTraining(target)
                try simulator.finishTraining(target)
                let failing = try await exporter.scrape(until: "the failure shows", always: { $0[runs] == 1 }) {
                    $0["koreai_exporter_store_write_failures_total"] ?? 0 >= 1
                }
                let polled = failing.values(of: "koreai_poll_last_attempt_timestamp_seconds").max() ?? 0
                let later = try await exporter.scrape(until: "polls went on", always: { $0[runs] == 1 }) {
                    $0.values(of: "koreai_poll_last_attempt_timestamp_seconds").allSatisfy { $0 > polled }
                }
                #expect(later.values(of: "koreai_poll_up") == [1, 1, 1])
                try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
                try other.close()
                try await exporter.scrape(until: "it has caught up") { $0[runs] == 2 }
            }
            try await keeps(2, in: folder, settings)
        }
    }

    @Test(
        "a database that is overwritten with noise while it is used is set aside, and all that is known goes to another"
    )
    func lost() async throws {
        let folder = TemporaryFolder()
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            let settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            try await RunningExporter.with(settings, storage: folder.path) { exporter in
                try await train(simulator, seenBy: exporter)
                let database = try FileHandle(forWritingTo: URL(filePath: folder.path + "/koreai-exporter.db"))
                try database.write(contentsOf: Data(noise))
                try database.close()
                try await exporter.scrape(until: "the failure shows", always: { $0[runs] == 1 }) {
                    $0["koreai_exporter_store_write_failures_total"] ?? 0 >= 1
                }
                try simulator.startTraining(target)
                try simulator.finishTraining(target)
                try await exporter.scrape(until: "it goes on", always: { $0[runs] ?? 0 >= 1 }) { $0[runs] == 2 }
            }
            #expect(FileManager.default.fileExists(atPath: folder.path + "/koreai-exporter.db.damaged"))
            try await keeps(2, in: folder, settings)
        }
    }

    @Test(
        "on a full disk polls go on, what is stored stays shown, what is new is not, and with room again nothing is missing"
    )
    func full() async throws {
        let folder = TemporaryFolder()
        let names = ["a"] + (0..<40).map { "b\($0)" }
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: names))
        try await simulator.withRunning { baseURL in
            let bots = names.map { TestPlatform.bot($0, at: baseURL) }
            let first = TestPlatform.settings([bots[0]])
            try await RunningExporter.with(first, storage: folder.path) { try await train(simulator, seenBy: $0) }
            let database = try DatabaseQueue(path: folder.path + "/koreai-exporter.db")
            let pages = try await database.read { try UInt32.fetchOne($0, sql: "PRAGMA page_count") }
            try database.close()
            let all = TestPlatform.settings(bots)
            try await RunningExporter.with(all, storage: folder.path, mostPages: try #require(pages)) { exporter in
                let full = try await exporter.scrape(until: "the failure shows, and all were polled") {
                    $0["koreai_exporter_store_write_failures_total"] ?? 0 >= 2
                        && $0.values(of: "koreai_poll_up").count { $0 == 1 } == names.count * 3
                }
                #expect(full[runs] == 1)
                #expect(full.values(of: "koreai_training_runs_total").count < names.count * 2)
            }
            try await RunningExporter.with(all, storage: folder.path) { exporter in
                let room = try await exporter.scrape(until: "all is shown", always: { $0[runs] ?? 1 == 1 }) {
                    $0.values(of: "koreai_training_runs_total").count == names.count * 2
                }
                #expect(room["koreai_exporter_store_write_failures_total"] == 0)
            }
        }
    }

    private let noise = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }

    private func keeps(_ count: Double, in folder: TemporaryFolder, _ settings: Settings) async throws {
        try await RunningExporter.with(settings, storage: folder.path) { exporter in
            let loaded = try await exporter.scrape(until: "what was kept is shown") { $0[runs] != nil }
            #expect(loaded[runs] == count)
        }
    }

    @Test("a second exporter on the same store ends at once and says why")
    func second() async throws {
        let folder = TemporaryFolder()
        let first = try await Archive.open(at: folder.path, logger: .quiet)
        let configuration = folder.path + "/config.yml"
        try
            "credentials: [{name: main, client_id: cs-1, client_secret: not-a-secret}]\nbots: [{name: a, id: st-a, base_url: 'http://127.0.0.1:1'}]\n"
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        let result = try await Command.run([
            "--config.file", configuration, "--storage.path", folder.path, "--web.listen-address", "127.0.0.1:0",
        ])
        #expect(result.exitCode == 1)
        #expect(result.errors.contains(folder.path))
        #expect(result.errors.contains("--storage.path"))
        try await first.close()
    }

    @Test("a database of noise, and a folder that cannot be written, end it at once with what to do")
    func unusable() async throws {
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let configuration = folder.path + "/config.yml"
        try
            "credentials: [{name: main, client_id: cs-1, client_secret: not-a-secret}]\nbots: [{name: a, id: st-a, base_url: 'http://127.0.0.1:1'}]\n"
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        try Data(noise).write(to: URL(filePath: folder.path + "/koreai-exporter.db"))
        for (storage, expected) in [
            (folder.path, "koreai-exporter.db"), ("/proc/koreai-exporter", "/proc/koreai-exporter"),
        ] {
            let result = try await Command.run([
                "--config.file", configuration, "--storage.path", storage, "--web.listen-address", "127.0.0.1:0",
            ])
            #expect(result.exitCode == 1)
            #expect(result.errors.contains(expected))
            #expect(!result.errors.contains("msg=listening"))
        }
        #expect(try Data(contentsOf: URL(filePath: folder.path + "/koreai-exporter.db")) == Data(noise))
    }
}
