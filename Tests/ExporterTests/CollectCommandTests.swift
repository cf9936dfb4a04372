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

    private func configuration(_ scenario: Scenario, _ baseURL: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let file = folder.path + "/config.yml"
        try ScenarioConfiguration(scenario, baseURL: baseURL, pollInterval: "60s").yaml
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
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(left == ["config.yml", "koreai.prom", "store"])
        }
    }

    @Test("what is not polled in time is left out, and ends it with 3")
    func late() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            simulator.inject(.hang, matching: FaultMatch(collector: .mlExport))
            let file = try configuration(simulator.scenario, baseURL)
            let result = try await Command.run([
                "collect", "--config.file", file, "--storage.path", "", "--timeout", "5s",
            ])
            #expect(result.exitCode == 3)
            #expect(Scrape(result.output).values(of: "koreai_poll_up") == [1, 1, 1, 1])
        }
    }
}
