import Foundation
import Simulator
import Testing

@testable import koreai_exporter

struct MetricsReferenceTests {
    @Test("docs/metrics.md is what the code says; `make docs` writes it")
    func document() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/metrics.md")
        #expect(try String(contentsOf: file, encoding: .utf8) == MetricsReference.markdown)
    }

    @Test("every family that the exporter serves is in the reference")
    func complete() async throws {
        let simulator = try Simulator(scenario: TestPlatform.scenario(bots: ["a"]))
        try await simulator.withRunning { baseURL in
            try await RunningExporter.with(TestPlatform.settings([TestPlatform.bot("a", at: baseURL)])) { exporter in
                let scrape = try await exporter.scrape(until: "all polls are good") {
                    $0.values(of: "koreai_poll_up") == [1, 1, 1]
                }
                let names = scrape.text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }
                    .compactMap { $0.split(separator: " ").dropFirst(2).first }
                #expect(names.count > 30)
                for name in names {
                    #expect(MetricsReference.markdown.contains("| `\(name)` |"))
                }
            }
        }
    }
}
