import Foundation
import TestSupport
import Testing

@testable import App
@testable import Simulator
@testable import koreai_exporter

/// `collect` as cron runs it.
@Suite(.serialized)
struct CollectCommandTests {
    private let folder = TemporaryFolder()

    /// Its polls have minutes: nothing but a reply ends one, also on a busy machine.
    private func configuration(_ scenario: Scenario, _ baseURL: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let file = folder.path + "/config.yml"
        try ScenarioConfiguration(scenario, baseURL: baseURL, pollInterval: "60s").yaml
            .replacing("  poll_interval", with: "  timeout: 5m\n  poll_interval")
            .write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    @Test("every target is polled once with each call, and counts go on from one to the next")
    func counts() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a", "b"]))
        try await simulator.withRunning { baseURL in
            let file = try configuration(simulator.scenario, baseURL)
            let arguments = ["collect", "--config.file", file, "--storage.path", folder.path + "/store"]
            let first = try await Command.run(arguments + ["--log.level", "error"])
            #expect(first.exitCode == 0)
            #expect(first.errors == "")
            let seen = Scrape(first.output)
            #expect(seen.values(of: "koreai_poll_up") == Array(repeating: 1, count: 10))
            let runs = #"koreai_training_runs_total{bot="a",engine="ml",language="en",state="configured"}"#
            #expect(seen[runs] == 0)
            #expect(simulator.requests().total == 10)

            try simulator.setTraining(Platform.TrainingTarget("a"), to: .finished)
            let page = folder.path + "/koreai.prom"
            let second = try await Command.run(arguments + ["--output", page])
            #expect(second.exitCode == 0)
            #expect(second.output == "")
            #expect(Scrape(try String(contentsOfFile: page, encoding: .utf8))[runs] == 1)
            #expect(simulator.requests().total == 20)
            let counted = Scrape(try String(contentsOfFile: page, encoding: .utf8))
            #expect(counted.values(of: "koreai_api_requests_total").reduce(0, +) == 20)
            #expect(counted.values(of: "koreai_api_request_duration_seconds_count").reduce(0, +) == 20)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(left == ["config.yml", "koreai.prom", "store"])
        }
    }

    @Test("a place that cannot be written is refused before anything is asked, and a device stays one")
    func places() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            let file = try configuration(simulator.scenario, baseURL)
            let arguments = ["collect", "--config.file", file, "--storage.path", ""]
            for place in ["none/a.prom", folder.path, folder.path + "/new/"] {
                let refused = try await Command.run(arguments + ["--output", place])
                #expect(refused.exitCode == 64)
                #expect(refused.errors.contains("Usage: koreai-exporter"))
            }
            #expect(simulator.requests().total == 0)
            let link = folder.path + "/null"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
            #expect(try await Command.run(arguments + ["--output", link]).exitCode == 0)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/null")
            #expect(
                Scrape(try await Command.run(arguments + ["--output", "-"]).output).values(of: "koreai_poll_up").count
                    == 5
            )
        }
    }

    @Test("what is not polled in time is left out, and ends it with 3")
    func late() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            simulator.inject(.hang, matching: FaultMatch(collector: .mlExport))
            // The poll that hangs outlasts the command, however long that has to be given on a busy machine.
            let file = try configuration(simulator.scenario, baseURL)
            var ups: [Double] = []
            for timeout in ["5s", "30s", "120s"] where ups.count < 4 {
                let arguments = ["collect", "--config.file", file, "--storage.path", "", "--timeout", timeout]
                let result = try await Command.run(arguments)
                #expect(result.exitCode == 3)
                ups = Scrape(result.output).values(of: "koreai_poll_up")
            }
            #expect(ups == [1, 1, 1, 1])
        }
    }
}
