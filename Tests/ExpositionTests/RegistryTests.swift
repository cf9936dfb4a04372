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
            text(registry) == """
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
        #expect(text(registry).contains("b{bot=\"ape\"} 2\n"))
        #expect(!text(registry).contains("b{bot=\"ape\"} 1\n"))
        registry.update([FamilySamples(b, group: SeriesGroup(["ape"]), [])])
        #expect(text(registry).isEmpty)
    }

    @Test("sources are asked at each scrape and stand in their place")
    func sources() {
        let registry = Registry()
        let counter = CounterVector(MetricFamily("aa_total", .counter, labels: ["code"], help: "C."), known: [["200"]])
        registry.register(counter)
        registry.update([change(b, "ape", 1)])
        #expect(
            text(registry).hasPrefix("# HELP aa_total C.\n# TYPE aa_total counter\naa_total{code=\"200\"} 0\n# HELP b")
        )
        counter.add(3, to: ["200"])
        counter.add(to: ["500"])
        #expect(text(registry).contains("aa_total{code=\"200\"} 3\naa_total{code=\"500\"} 1\n"))
    }

    @Test("gauges and histograms of the exporter's own show what was set and observed")
    func vectors() {
        let registry = Registry()
        let gauge = GaugeVector(MetricFamily("g", .gauge, help: "G."))
        let histogram = HistogramVector(MetricFamily("h", .histogram, labels: ["x"], help: "H."), bounds: [1])
        registry.register(gauge)
        registry.register(histogram)
        #expect(text(registry).isEmpty)
        gauge.set(2.5)
        histogram.observe(0.5, ["y"])
        #expect(text(registry).contains("\ng 2.5\n"))
        #expect(text(registry).contains("h_count{x=\"y\"} 1\n"))
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
                    let values = self.text(registry).split(separator: "\n").filter { !$0.hasPrefix("#") }
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

    private func text(_ registry: Registry) -> String {
        String(decoding: registry.text(), as: UTF8.self)
    }
}
