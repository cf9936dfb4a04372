import ArgumentParser
import Foundation
import KoreAI
import Model
import Settings
import TestSupport
import Testing

@testable import App
@testable import Simulator
@testable import koreai_exporter

/// `status`, of the platform and of a running exporter.
@Suite(.serialized)
struct StatusTests {
    private struct Row: Decodable, Equatable {
        var bot: String, kind: String, language: String, state: String, status: String
        var out_of_sync: [String]
        var failure: String? = nil
    }

    private func rows(_ result: Command.Result) throws -> [Row] {
        try result.output.split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    }

    @Test("platform and exporter tell the same of every target, for machines and for people")
    func same() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a", "b"]))
        try await simulator.withRunning { baseURL in
            try simulator.drift(Platform.TrainingTarget("a"), components: ["sentences", "traits"])
            try simulator.setTraining(Platform.TrainingTarget("b", engine: .faq), to: .failed)
            let folder = TemporaryFolder()
            try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
            let file = folder.path + "/config.yml"
            try ScenarioConfiguration(simulator.scenario, baseURL: baseURL, pollInterval: "1s").yaml
                .replacing("states: [configured, published]", with: "states: [configured]")
                .write(toFile: file, atomically: true, encoding: .utf8)
            let asked = try rows(await Command.run(["status", "--format", "json", "--config.file", file]))
            #expect(asked.count == 2 * 3)
            #expect(
                asked.first
                    == Row(
                        bot: "a",
                        kind: "ml",
                        language: "en",
                        state: "configured",
                        status: "finished",
                        out_of_sync: ["sentences", "traits"]
                    )
            )
            #expect(asked.filter { $0.status == "failed" }.map(\.kind) == ["faq"])

            let settings = TestPlatform.settings([
                TestPlatform.bot("a", at: baseURL), TestPlatform.bot("b", at: baseURL),
            ])
            try await RunningExporter.with(settings) { exporter in
                try await exporter.scrape(until: "all were polled") {
                    $0.values(of: "koreai_poll_up").count == 6 && $0.values(of: "koreai_export_status").count == 10
                        && $0.values(of: "koreai_training_status").count == 20
                }
                let told = try rows(await Command.run(["status", "--format", "json", "--exporter", exporter.url]))
                #expect(told == asked)
                let table = try await Command.run(["status", "b", "--exporter", exporter.url])
                let lines = table.output.split(separator: "\n")
                #expect(lines.count == 4)
                #expect(lines.first?.hasPrefix("BOT  KIND    LANGUAGE  STATE       STATUS    CHANGED") == true)
                #expect(lines.dropFirst(2).first?.hasPrefix("b    faq     en        configured  failed") == true)
                let unknown = try await Command.run(["status", "nobody", "--exporter", exporter.url])
                #expect(unknown.exitCode == 1)
                let failed = try await Command.run(["status", "--check", "--exporter", exporter.url])
                #expect(failed.exitCode == 2)
            }
        }
    }

    @Test("what cannot be asked is a row with its reason, and exit code 1")
    func failing() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            simulator.inject(.unauthorized, matching: FaultMatch(collector: .faqTraining))
            let folder = TemporaryFolder()
            try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
            let file = folder.path + "/config.yml"
            try ScenarioConfiguration(simulator.scenario, baseURL: baseURL, pollInterval: "1s").yaml
                .write(toFile: file, atomically: true, encoding: .utf8)
            let result = try await Command.run(["status", "--config.file", file])
            #expect(result.exitCode == 1)
            #expect(result.output.split(separator: "\n").count { $0.contains("no reply: auth") } == 2)
            #expect(result.errors.contains("a/faq_training/en/configured, a/faq_training/en/published: "))
        }
        let gone = try await Command.run(["status", "--exporter", "http://127.0.0.1:1"])
        #expect(gone.exitCode == 1)
        #expect(gone.errors.contains("127.0.0.1:1"))
    }

    @Test("a configuration that cannot be used is told of once, also where an exporter is asked")
    func badConfiguration() async throws {
        let folder = TemporaryFolder()
        let file = try folder.write("bots: none\n", to: "config.yml")
        let result = try await Command.run(["status", "--exporter", "http://127.0.0.1:1", "--config.file", file])
        #expect(result.exitCode == 1)
        #expect(result.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("\(file):1:") })
        #expect(!result.errors.isEmpty)
    }

    @Test(
        "a password in the address of an exporter is not shown",
        arguments: [
            ("http://me:secret-1@host:1/koreai", "http://host:1/koreai"), ("http://host/a@b", "http://host/a@b"),
            ("host:10573", "host:10573"), ("https://me:p@ss@host", "https://host"),
        ]
    )
    func shownAddress(url: String, shown: String) {
        #expect(ExporterStatus.shown(url) == shown)
    }

    @Test("the same refusal of many targets is one line, and other reasons have their own")
    func failureLines() {
        let targets = (1...9).map { Target.export(bot: "b\($0)") }
        let refused = APIError(reason: .auth, code: 401, message: "the credential is refused")
        let down = APIError(reason: .connect, code: 0, message: "nobody answers")
        let failures = targets.map { (target: $0, error: $0.bot == "b5" ? down : refused) }
        #expect(
            StatusFailures.lines(failures) == [
                "\(targets[0]), \(targets[1]) and 6 more: the credential is refused", "\(targets[4]): nobody answers",
            ]
        )
    }

    @Test("a budget without room is told of, and waited for no longer than --timeout; what was not asked is a row")
    func scarceBudget() async throws {
        var scenario = TestPlatform.scenario(bots: ["a"])
        scenario.limits = Scenario.Limits(per: .bot, perMinute: 2, perHour: 1800)
        let simulator = try Simulator(scenario: scenario)
        try await simulator.withRunning { baseURL in
            let folder = TemporaryFolder()
            let yaml = ScenarioConfiguration(scenario, baseURL: baseURL, pollInterval: "60s").yaml
                .replacing("budgets:\n", with: "budgets:\n  per: bot\n")
            let file = try folder.write(yaml, to: "config.yml")
            let result = try await Command.run(["status", "--timeout", "2s", "--config.file", file])
            #expect(result.exitCode == 1)
            #expect(result.output.split(separator: "\n").count == 6)
            #expect(result.errors.contains("not asked: the budget of status:a is used up"), "\(result.errors)")
        }
    }

    @Test("how an exporter is reached: a password or a token from a file, never from the command line")
    func exporterFlags() throws {
        let folder = TemporaryFolder()
        let file = try folder.write("s:1\n", to: "secret")
        let exporter = ["--exporter", "https://host"]
        let basic = try ExporterFlags.parse(exporter + ["--exporter.username", "me", "--exporter.password-file", file])
        #expect(try basic.authorization()?.reveal() == "Basic bWU6czox")
        let bearer = try ExporterFlags.parse(
            exporter + ["--exporter.token-file", file, "--exporter.ca-file", "ca.pem"]
        )
        #expect(try bearer.authorization()?.reveal() == "Bearer s:1")
        #expect(bearer.settings(HTTPSettings()).caFile == "ca.pem")
        #expect(throws: (any Error).self) { try ExporterFlags.parse(["--exporter.ca-file", "ca.pem"]) }
        #expect(throws: (any Error).self) { try ExporterFlags.parse(exporter + ["--exporter.username", "me"]) }
    }

    @Test("where a line is too long the bot's name gives way, and the status and the last column stay whole")
    func longName() {
        let row = StatusRow(
            bot: String(repeating: "n", count: 41),
            kind: "ml",
            language: "en",
            state: "configured",
            status: "finished",
            outOfSync: ["sentences"]
        )
        let lines = StatusTable(rows: [row]).lines(columns: 80, colours: false, now: 0)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines.last?.hasPrefix("nnnnnnnn") == true)
        #expect(lines.last?.contains("…  ml") == true)
        #expect(lines.last?.hasSuffix("finished  sentences") == true)
    }

    @Test("a table is cut to the terminal, and shows no column that says nothing")
    func table() {
        let rows = [
            StatusRow(
                bot: "banking",
                kind: "ml",
                language: "en",
                state: "configured",
                status: "finished",
                outOfSync: ["sentences"]
            ),
            StatusRow(bot: "banking", kind: "export", status: "in_progress", progress: 0.42, changed: 1000),
        ]
        let lines = StatusTable(rows: rows).lines(columns: nil, colours: false, now: 1090)
        #expect(
            lines == [
                "BOT      KIND    LANGUAGE  STATE       STATUS           CHANGED    OUT OF SYNC",
                "banking  ml      en        configured  finished                    sentences",
                "banking  export                        in progress 42%  1m30s ago",
            ]
        )
        let cut = StatusTable(rows: rows).lines(columns: 30, colours: false, now: 1090)
        #expect(cut.allSatisfy { $0.count <= 30 })
        let plain = StatusTable(rows: Array(rows.suffix(1))).lines(columns: nil, colours: true, now: 1090)
        #expect(
            plain.map { $0.replacing(/\u{1B}\[\d+m/, with: "") } == [
                "BOT      KIND    STATUS           CHANGED", "banking  export  in progress 42%  1m30s ago",
            ]
        )
    }
}
