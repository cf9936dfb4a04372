import Exposition
import Foundation
import Model
import Settings
import Simulator
import Testing
import Tracking

@testable import App
@testable import koreai_exporter

struct MetricsReferenceTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")

    @Test("docs/metrics.md is what the code says; `make docs` writes it")
    func document() throws {
        let file = Self.repository.appending(path: "docs/metrics.md")
        let uses = try MetricUses(repository: Self.repository)
        #expect(try String(contentsOf: file, encoding: .utf8) == MetricsReference.markdown(uses))
    }

    @Test("each alert and each panel of the shipped files is found, with a metric that it asks for")
    func uses() throws {
        let uses = try MetricUses(repository: Self.repository)
        let rules = try String(
            contentsOf: Self.repository.appending(path: "alerts/alerting-rules.yml"),
            encoding: .utf8
        )
        let alerts = Set(rules.matches(of: /- alert: (\w+)/).map { String($0.output.1) })
        #expect(alerts.count > 20)
        // `up` and `scrape_*` are Prometheus's own.
        let names =
            MetricsReference.families.flatMap { [$0.name, $0.name + "_sum", $0.name + "_count", $0.name + "_bucket"] }
            + ["up"]
        #expect(Set(uses.alerts(askingFor: names)) == alerts)
        #expect(uses.panelNames.count > 30)
        #expect(uses.panels(askingFor: names).count > 30)
        #expect(
            uses.alerts(askingFor: ["koreai_training_duration_seconds_sum"]).contains("KoreAITrainingSlow"),
            "by a recording rule"
        )
    }

    @Test("each label of each family has its values in the reference, and each histogram its buckets")
    func tables() {
        for family in MetricsReference.families {
            for label in family.labels {
                let rows = LabelReference.rows.filter { $0.label == label && family.name.hasPrefix($0.prefix) }
                #expect(rows.count == 1, "\(label) of \(family.name)")
            }
            guard family.kind == .histogram else { continue }
            #expect(SeriesReference.bounds.contains { $0.family == family }, "\(family.name)")
        }
    }

    @Test("a label of the user's own may not be named as any label of any family, and as no other")
    func reserved() {
        let labels = Set(MetricsReference.families.flatMap(\.labels))
        #expect(ReservedLabels.ofExporter == labels)
    }

    @Test("every family that the exporter serves is in the reference")
    func complete() async throws {
        let markdown = try MetricsReference.markdown(MetricUses(repository: Self.repository))
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
                    #expect(markdown.contains("| `\(name)` |"))
                }
                // What the reference says of series holds for these: one of each collector.
                let series = scrape.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
                for (collector, own) in [
                    (Collector.mlTraining, #"engine="ml""#), (.faqTraining, #"engine="faq""#),
                    (.mlExport, #"export="ml_utterances""#),
                ] {
                    let count = series.count { line in
                        line.contains(own) || line.contains("collector=\"\(collector.rawValue)\",language")
                            || (collector == .mlTraining && line.hasPrefix("koreai_ml_"))
                    }
                    let most = SeriesReference.most(of: collector)
                    #expect(count <= most && count > most / 2, "\(collector): \(count)")
                }
            }
        }
    }
}
