package import CoreMetrics
import Synchronization

/// A factory for swift-metrics that shows the metrics of libraries in a ``Registry``.
///
/// A metric is dropped and counted if its name is reserved or taken by a metric of another kind or with other labels,
/// or if there are too many series. The library then gets a handler that does nothing.
package final class RegistryMetricsFactory: MetricsFactory {
    package static let dropped = MetricFamily(
        "koreai_exporter_dropped_metrics_total",
        .counter,
        help: "Metrics of libraries that could not be shown: their names were taken, or there were too many series."
    )

    /// How the names of the exporter's own families begin.
    private static let reserved = ["koreai_", "process_"]
    /// The bounds of histogram buckets: seconds for timers, the library's own unit for recorders.
    private static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let registry: Registry
    private let dropped: CounterVector
    private let mostSeries: Int
    private let series: Mutex<Set<[String]>> = Mutex([])

    package init(_ registry: Registry, mostSeries: Int = 1000) {
        self.registry = registry
        self.mostSeries = mostSeries
        dropped = CounterVector(Self.dropped, known: [[]], in: registry)
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        guard let name = claim(label, .counter, suffix: "_total", dimensions) else {
            return NOOPMetricsHandler.instance
        }
        return BridgedCounter(
            vector: CounterVector(name.family, known: [name.values], in: registry),
            values: name.values
        )
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        guard let name = claim(label, .gauge, suffix: "", dimensions) else { return NOOPMetricsHandler.instance }
        return BridgedGauge(vector: GaugeVector(name.family, in: registry), values: name.values)
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        let kind = aggregate ? MetricFamily.Kind.histogram : .gauge
        guard let name = claim(label, kind, suffix: "", dimensions) else { return NOOPMetricsHandler.instance }
        return aggregate
            ? histogram(name) : BridgedGauge(vector: GaugeVector(name.family, in: registry), values: name.values)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        guard let name = claim(label, .histogram, suffix: "_seconds", dimensions) else {
            return NOOPMetricsHandler.instance
        }
        return histogram(name)
    }

    // A metric stays shown after the library destroys its handler, as in Prometheus's client libraries.
    package func destroyCounter(_: any CounterHandler) {}
    package func destroyMeter(_: any MeterHandler) {}
    package func destroyRecorder(_: any RecorderHandler) {}
    package func destroyTimer(_: any TimerHandler) {}

    private func histogram(_ name: BridgedName) -> BridgedHistogram {
        BridgedHistogram(vector: HistogramVector(name.family, bounds: Self.bounds, in: registry), values: name.values)
    }

    /// Names a library's metric and reserves the name.
    ///
    /// - Returns: `nil` for a metric that is dropped, and counted as such.
    private func claim(
        _ label: String,
        _ kind: MetricFamily.Kind,
        suffix: String,
        _ dimensions: [(String, String)]
    ) -> BridgedName? {
        if let name = BridgedName(label, kind, suffix: suffix, dimensions),
            !Self.reserved.contains(where: { name.family.name.hasPrefix($0) }),
            isWithinLimit(name), registry.claim(name.family)
        {
            return name
        }
        dropped.add(to: [])
        return nil
    }

    private func isWithinLimit(_ name: BridgedName) -> Bool {
        series.withLock { series in
            let key = [name.family.name] + name.values
            guard series.count < mostSeries || series.contains(key) else { return false }
            series.insert(key)
            return true
        }
    }
}

/// The name and labels of a library's metric, in characters that Prometheus accepts.
struct BridgedName {
    let family: MetricFamily
    /// The values of the family's labels, in their order.
    let values: [String]

    /// - Parameter suffix: The end of the name, which is added if it is missing.
    /// - Returns: `nil` if two dimensions get the same name, or if one gets a reserved name: `le`, or one that begins
    ///   with `__`.
    init?(_ label: String, _ kind: MetricFamily.Kind, suffix: String, _ dimensions: [(String, String)]) {
        let name = Self.name(label)
        let labels = dimensions.map { (Self.name($0.0), $0.1) }.sorted { $0.0 < $1.0 }
        guard Set(labels.map(\.0)).count == labels.count,
            !labels.contains(where: { $0.0 == "le" || $0.0.hasPrefix("__") })
        else { return nil }
        family = MetricFamily(
            name.hasSuffix(suffix) ? name : name + suffix,
            kind,
            labels: labels.map(\.0),
            help: "\(label), of a library."
        )
        values = labels.map(\.1)
    }

    /// The text with `_` for all but ASCII letters and digits, and with one in front if it is empty or begins with a
    /// digit.
    private static func name(_ text: String) -> String {
        let name = String(
            text.unicodeScalars.map {
                $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) ? Character($0) : "_"
            }
        )
        return name.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? true ? "_" + name : name
    }
}

/// A counter of a library.
final class BridgedCounter: CounterHandler {
    private let vector: CounterVector
    private let values: [String]

    init(vector: CounterVector, values: [String]) {
        self.vector = vector
        self.values = values
    }

    /// Adds an amount. A negative one is ignored, because a counter does not fall.
    func increment(by amount: Int64) {
        if let amount = UInt64(exactly: amount) { vector.add(amount, to: values) }
    }

    func reset() {
        vector.reset(values)
    }
}

/// A meter of a library, or a recorder of which only the last value matters. Values that are not finite are ignored.
final class BridgedGauge: MeterHandler, RecorderHandler {
    private let vector: GaugeVector
    private let values: [String]

    init(vector: GaugeVector, values: [String]) {
        self.vector = vector
        self.values = values
    }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { if value.isFinite { vector.set(value, values) } }
    func increment(by amount: Double) { if amount.isFinite { vector.add(amount, to: values) } }
    func decrement(by amount: Double) { increment(by: -amount) }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
}

/// A recorder of a library that aggregates values, or a timer.
final class BridgedHistogram: RecorderHandler, TimerHandler {
    private let vector: HistogramVector
    private let values: [String]

    init(vector: HistogramVector, values: [String]) {
        self.vector = vector
        self.values = values
    }

    func record(_ value: Int64) { vector.observe(Double(value), values) }
    func record(_ value: Double) { vector.observe(value, values) }
    func recordNanoseconds(_ duration: Int64) { vector.observe(Double(duration) / 1e9, values) }
}
