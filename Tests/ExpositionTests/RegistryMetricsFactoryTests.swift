import CoreMetrics
import Exposition
import Testing

struct RegistryMetricsFactoryTests {
    private let registry = Registry()
    private var text: String { String(decoding: registry.text(), as: UTF8.self) }

    @Test("counters, meters, recorders and timers are shown under names that Prometheus knows")
    func kinds() {
        let factory = RegistryMetricsFactory(registry)
        let counter = factory.makeCounter(label: "hb.requests", dimensions: [("path", "/a\"b"), ("code", "200")])
        counter.increment(by: 2)
        counter.increment(by: -1)
        factory.makeMeter(label: "pool-size", dimensions: []).set(3.0)
        factory.makeMeter(label: "pool-size", dimensions: []).decrement(by: 0.5)
        factory.makeRecorder(label: "last", dimensions: [], aggregate: false).record(7.0)
        factory.makeRecorder(label: "sizes", dimensions: [], aggregate: true).record(0.3)
        factory.makeTimer(label: "took", dimensions: []).recordNanoseconds(500_000_000)
        for line in [
            #"hb_requests_total{code="200",path="/a\"b"} 2"#, "pool_size 2.5", "last 7", "sizes_sum 0.3",
            "sizes_count 1",
            #"took_seconds_bucket{le="0.25"} 0"#, #"took_seconds_bucket{le="0.5"} 1"#, "took_seconds_sum 0.5",
            "koreai_exporter_dropped_metrics_total 0",
        ] {
            #expect(text.contains("\n\(line)\n"))
        }
        counter.reset()
        #expect(text.contains(#"hb_requests_total{code="200",path="/a\"b"} 0"#))
    }

    @Test("a conflict is dropped and counted, and never a trap")
    func conflicts() {
        let factory = RegistryMetricsFactory(registry)
        factory.makeCounter(label: "x", dimensions: [("a", "1")]).increment(by: 1)
        factory.makeTimer(label: "y", dimensions: []).recordNanoseconds(1)
        let before = text
        // Another kind, other labels, a histogram's own series, reserved names, one label twice, and labels of Prometheus.
        factory.makeMeter(label: "x_total", dimensions: [("a", "1")]).set(5.0)
        factory.makeCounter(label: "x", dimensions: [("b", "1")]).increment(by: 5)
        factory.makeMeter(label: "y_seconds_count", dimensions: []).set(5.0)
        factory.makeCounter(label: "koreai.polls", dimensions: []).increment(by: 5)
        factory.makeCounter(label: "z", dimensions: [("a", "1"), ("a", "2")]).increment(by: 5)
        factory.makeTimer(label: "z", dimensions: [("le", "1")]).recordNanoseconds(5)
        #expect(text == before.replacing("dropped_metrics_total 0", with: "dropped_metrics_total 6"))
        factory.makeMeter(label: "nan", dimensions: []).set(.nan)
        #expect(!text.contains("NaN"))
    }

    @Test("a library cannot make more series than there is room for")
    func tooMany() {
        let factory = RegistryMetricsFactory(registry, mostSeries: 10)
        for number in 0..<25 {
            factory.makeCounter(label: "x", dimensions: [("n", "\(number)")]).increment(by: 1)
        }
        factory.makeCounter(label: "x", dimensions: [("n", "3")]).increment(by: 1)
        #expect(text.split(separator: "\n").count { $0.hasPrefix("x_total{") } == 10)
        #expect(text.contains(#"x_total{n="3"} 2"#))
        #expect(text.contains("dropped_metrics_total 15\n"))
    }
}
