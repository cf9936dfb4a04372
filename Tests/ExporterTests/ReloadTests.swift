import Curl
import Foundation
import Settings
import Synchronization
import TestSupport
import Testing

@testable import App
@testable import Simulator
@testable import koreai_exporter

/// A configuration that is read again while the exporter runs.
@Suite(.serialized)
struct ReloadTests {
    private func runs(_ bot: String) -> String {
        #"koreai_training_runs_total{bot="\#(bot)",engine="ml",language="en",state="configured"}"#
    }

    /// What the file holds, as the tests have it.
    private final class File: Sendable {
        let content: Mutex<Result<Settings, SettingsComplaints>>

        init(_ settings: Settings) {
            content = Mutex(.success(settings))
        }

        var read: @Sendable () throws -> Settings {
            { try self.content.withLock { $0 }.get() }
        }
    }

    @Test("bots are added, removed and brought back; what did not change goes on counting and is not polled anew")
    func bots() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a", "b"]))
        try await simulator.withRunning { baseURL in
            let (a, b) = (TestPlatform.bot("a", at: baseURL), TestPlatform.bot("b", at: baseURL))
            let file = File(TestPlatform.settings([a, b]))
            let folder = TemporaryFolder()
            try await RunningExporter.with(TestPlatform.settings([a]), storage: folder.path, reloaded: file.read) {
                exporter in
                try await exporter.scrape(until: "a is polled") { $0[runs("a")] == 0 }
                try simulator.startTraining(Platform.TrainingTarget("a"))
                try simulator.finishTraining(Platform.TrainingTarget("a"))
                try await exporter.scrape(until: "a's run is counted") { $0[runs("a")] == 1 }

                #expect(try await exporter.post("/-/reload").status == 200)
                let both = try await exporter.scrape(until: "b is polled", always: { $0[runs("a")] == 1 }) {
                    $0.values(of: "koreai_poll_up") == [1, 1, 1, 1, 1, 1] && $0[runs("b")] == 0
                }
                #expect(both[#"koreai_exporter_targets{collector="ml_export"}"#] == 2)
                #expect(both.values(of: "koreai_bot_info").count == 2)

                file.content.withLock { $0 = .success(TestPlatform.settings([b])) }
                #expect(try await exporter.post("/-/reload").status == 200)
                // A page that was made ready just before the reload may answer one more scrape.
                let alone = try await exporter.scrape(until: "a is gone") { !$0.text.contains(#"bot="a""#) }
                #expect(!alone.text.contains(#"budget="status:a""#))
                #expect(!alone.text.contains(#"budget="bot:a""#))
                #expect(alone[runs("b")] == 0)
                try simulator.startTraining(Platform.TrainingTarget("a"))
                try simulator.finishTraining(Platform.TrainingTarget("a"))

                file.content.withLock { $0 = .success(TestPlatform.settings([b, a])) }
                #expect(try await exporter.post("/-/reload").status == 200)
                try await exporter.scrape(
                    until: "a goes on, and what ended meanwhile is counted",
                    always: { $0[runs("a")] ?? 1 >= 1 }
                ) { $0[runs("a")] == 2 }
            }
        }
    }

    @Test("a configuration with mistakes is refused with all of them, and the one before stays in force")
    func mistakes() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            let settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            let file = File(settings)
            try await RunningExporter.with(settings, reloaded: file.read) { exporter in
                let before = try await exporter.scrape(until: "a is polled") {
                    $0.values(of: "koreai_poll_up") == [1, 1, 1]
                }
                let complaint = SettingsComplaint(file: "k.yml", line: 3, column: 9, message: "unknown key `bto`")
                file.content.withLock { $0 = .failure(SettingsComplaints([complaint])) }
                let refused = try await exporter.post("/-/reload")
                #expect(refused.status == 400)
                #expect(String(decoding: refused.body, as: UTF8.self) == "k.yml:3:9: unknown key `bto`\n")
                let success = "koreai_exporter_config_last_reload_success_timestamp_seconds"
                let after = try await exporter.scrape()
                #expect(after["koreai_exporter_config_last_reload_successful"] == 0)
                #expect(after[success] == before[success])
                var unusable = settings
                unusable.http.caFile = "/nowhere/ca.pem"
                file.content.withLock { [unusable] in $0 = .success(unusable) }
                #expect(try await exporter.post("/-/reload").status == 400)
                let polled = after.values(of: "koreai_poll_last_attempt_timestamp_seconds").max() ?? 0
                try await exporter.scrape(until: "polls go on") {
                    $0.values(of: "koreai_poll_last_attempt_timestamp_seconds").allSatisfy { $0 > polled }
                }
                file.content.withLock { $0 = .success(settings) }
                #expect(try await exporter.post("/-/reload").status == 200)
                #expect(try await exporter.scrape()["koreai_exporter_config_last_reload_successful"] == 1)
            }
        }
    }

    @Test("connections and tokens outlive a reload that does not change them")
    func connections() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            let settings = TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])
            try await RunningExporter.with(settings, reloaded: { settings }) { exporter in
                try await exporter.scrape(until: "a is polled") { $0.values(of: "koreai_poll_up") == [1, 1, 1] }
                let before = simulator.requests()
                for _ in 0..<20 { #expect(try await exporter.post("/-/reload").status == 200) }
                let attempt = Double(Date().timeIntervalSince1970)
                try await exporter.scrape(until: "it was polled since") {
                    $0.values(of: "koreai_poll_last_attempt_timestamp_seconds").allSatisfy { $0 > attempt }
                }
                let after = simulator.requests()
                #expect(after.acceptedConnections <= max(before.acceptedConnections, 3))
                #expect(after.targets.values.allSatisfy { $0.maxInFlight == 1 })
            }
        }
    }

    @Test("reloading over HTTP has to be enabled, and is no GET")
    func disabled() async throws {
        let settings = TestPlatform.settings([TestPlatform.bot("a", at: "http://127.0.0.1:1")])
        try await RunningExporter.with(settings) { exporter in
            let refused = try await exporter.post("/-/reload")
            #expect(refused.status == 403)
            #expect(String(decoding: refused.body, as: UTF8.self).contains("--web.enable-lifecycle"))
            let read = try await exporter.get("/-/reload")
            #expect(read.status == 405)
            #expect(read.header("allow") == "POST, PUT")
        }
    }

    @Test("SIGHUP reloads the file, and a mistake in it ends nothing")
    func hangUp() async throws {
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let file = folder.path + "/config.yml"
        let good = """
            credentials: [{name: main, client_id: cs-1, client_secret: not-a-secret}]
            bots: [{name: a, id: st-a, base_url: "http://127.0.0.1:1"}]

            """
        try good.write(toFile: file, atomically: true, encoding: .utf8)
        let command = try Command(["--config.file", file, "--web.listen-address", "127.0.0.1:0"])
        let result = try await command.result { command in
            try await command.waitFor("msg=listening")
            try await eventually("it handles the signal") { command.handles(SIGHUP) }
            try (good + "bto: []\n").write(toFile: file, atomically: true, encoding: .utf8)
            command.send(SIGHUP)
            try await command.waitFor("the one before stays in force")
            try good.write(toFile: file, atomically: true, encoding: .utf8)
            command.send(SIGHUP)
            try await command.waitFor("the configuration was reloaded")
            command.send(SIGTERM)
        }
        #expect(result.exitCode == 0)
        #expect(result.errors.contains("config.yml:3:1: unknown key `bto`"))
    }
}
