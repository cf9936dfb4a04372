import Model
import Synchronization
import TestSupport
import Testing

@testable import Exposition

struct RegistryTests {
    private let a = MetricFamily("a", .gauge, labels: ["bot", "state"], help: "A.")
    private let b = MetricFamily("b", .gauge, labels: ["bot"], help: "B.")

    @Test("families are sorted by name and series by label values, whatever the order of arrival")
    func sorted() {
        let registry = Registry()
        registry.update([change(b, "zoo", 1), change(b, "ape", 2), change(b, "zoo animals", 3)])
        registry.update([
            FamilySamples(
                a,
                group: SeriesGroup(["ape"]),
                [Sample(["ape", "x"], number: 4), Sample(["ape", "y"], number: 5)]
            )
        ])
        #expect(
            registry.page == """
                # HELP a A.
                # TYPE a gauge
                a{bot="ape",state="x"} 4
                a{bot="ape",state="y"} 5
                # HELP b B.
                # TYPE b gauge
                b{bot="ape"} 2
                b{bot="zoo"} 1
                b{bot="zoo animals"} 3

                """
        )
    }

    @Test("groups sort label by label, not by their joined text")
    func groups() {
        #expect(SeriesGroup(["a", "z"]) < SeriesGroup(["a b", "a"]))
        #expect(SeriesGroup(["a"]) < SeriesGroup(["a", ""]))
        #expect(SeriesGroup(["b", "a"]) > SeriesGroup(["a", "b"]))
    }

    @Test("a change replaces the group's series, and an empty one removes them with their family's header")
    func replace() {
        let registry = Registry()
        registry.update([change(b, "ape", 1)])
        registry.update([change(b, "ape", 2)])
        #expect(registry.page.contains("b{bot=\"ape\"} 2\n"))
        #expect(!registry.page.contains("b{bot=\"ape\"} 1\n"))
        registry.update([FamilySamples(b, group: SeriesGroup(["ape"]), [])])
        #expect(registry.page.isEmpty)
    }

    @Test("sources are asked at each scrape and stand in their place; what they no longer tell vanishes")
    func sources() {
        struct Source: SampleSource {
            let family: MetricFamily
            let values: @Sendable () -> [String: Double]
            var families: [MetricFamily] { [family] }

            func samples() -> [(family: MetricFamily, samples: [Sample])] {
                [(family, values().map { Sample([$0.key], number: $0.value) }.sorted())]
            }
        }
        let registry = Registry()
        let values = Mutex(["x": 1.0])
        let family = MetricFamily("aa", .gauge, labels: ["code"], help: "C.")
        registry.register(Source(family: family) { values.withLock { $0 } })
        registry.update([change(b, "ape", 1)])
        #expect(registry.page.hasPrefix("# HELP aa C.\n# TYPE aa gauge\naa{code=\"x\"} 1\n# HELP b"))
        values.withLock { $0 = ["x": 2, "y": 3] }
        #expect(registry.page.contains("aa{code=\"x\"} 2\naa{code=\"y\"} 3\n# HELP b"))
        values.withLock { $0 = ["y": 4] }
        #expect(registry.page.contains("gauge\naa{code=\"y\"} 4\n# HELP b"))
        values.withLock { $0 = [:] }
        #expect(registry.page.hasPrefix("# HELP b"))
    }

    @Test("counters show 0 where they are known, what was added, and nothing once they are not kept")
    func counters() {
        let registry = Registry()
        let counter = CounterVector(
            MetricFamily("aa_total", .counter, labels: ["code"], help: "C."),
            known: [["200"]],
            in: registry
        )
        #expect(registry.page == "# HELP aa_total C.\n# TYPE aa_total counter\naa_total{code=\"200\"} 0\n")
        counter.add(3, to: ["200"])
        counter.add(to: ["500"])
        counter.know([["200"]])
        #expect(registry.page.contains("aa_total{code=\"200\"} 3\naa_total{code=\"500\"} 1\n"))
        counter.keepOnly([["404"], ["500"]])
        #expect(registry.page.hasSuffix("counter\naa_total{code=\"404\"} 0\naa_total{code=\"500\"} 1\n"))
    }

    @Test("gauges and histograms of the exporter's own show what was set and observed")
    func vectors() {
        let registry = Registry()
        let gauge = GaugeVector(MetricFamily("g", .gauge, help: "G."), in: registry)
        let histogram = HistogramVector(
            MetricFamily("h", .histogram, labels: ["x"], help: "H."),
            bounds: [1],
            in: registry
        )
        #expect(registry.page.isEmpty)
        gauge.set(2)
        gauge.add(0.5, to: [])
        histogram.observe(0.5, ["y"])
        histogram.observe(3, ["y"])
        #expect(registry.page.contains("\ng 2.5\n"))
        #expect(registry.page.contains("h_bucket{x=\"y\",le=\"1\"} 1\n"))
        #expect(registry.page.contains("h_count{x=\"y\"} 2\n"))
    }

    @Test(
        "thousands of groups that come, change and go in any order are shown as one by one would be",
        arguments: 0..<4
    )
    func manyGroups(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let registry = Registry()
        var expected: [String: Int] = [:]
        for step in 0..<2000 {
            // In the second half more go than come, so that pages become one again.
            let name = "bot \(random.next() % 400)"
            let isGone = random.next() % 10 < (step < 1000 ? 2 : 7)
            expected[name] = isGone ? nil : step
            registry.update([
                FamilySamples(b, group: SeriesGroup([name]), isGone ? [] : [Sample([name], count: UInt64(step))])
            ])
        }
        let lines = registry.page.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            lines.map(String.init) == expected.sorted { $0.key < $1.key }.map { "b{bot=\"\($0.key)\"} \($0.value)" }
        )
        let pages = registry.snapshot().families.flatMap(\.pages)
        #expect(pages.allSatisfy { $0.weight <= ModelPage.mostWeight })
        #expect(pages.count < expected.count / 8 + 4)
    }

    @Test("a scrape beside changes sees each change whole")
    func oneMoment() async {
        let registry = Registry()
        registry.update([change(a, "ape", 0), change(b, "ape", 0)])
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for value in 1...500 {
                    registry.update([
                        self.change(self.a, "ape", Double(value)), self.change(self.b, "ape", Double(value)),
                    ])
                }
                return true
            }
            group.addTask {
                for _ in 1...200 {
                    let values = registry.page.split(separator: "\n").filter { !$0.hasPrefix("#") }
                        .map { $0.split(separator: " ").last }
                    guard values.count == 2, values[0] == values[1] else { return false }
                }
                return true
            }
            for await isWhole in group {
                #expect(isWhole)
            }
        }
    }

    private func change(_ family: MetricFamily, _ bot: String, _ value: Double) -> FamilySamples {
        let labels = family.labels.count == 1 ? [bot] : [bot, "x"]
        return FamilySamples(family, group: SeriesGroup([bot]), [Sample(labels, number: value)])
    }
}
