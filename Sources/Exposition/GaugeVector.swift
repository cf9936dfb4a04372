import Synchronization

/// A gauge family of the exporter's own, one gauge for each combination of label values that was set.
package final class GaugeVector: SampleSource {
    package let family: MetricFamily
    private let values: Mutex<[[String]: Double]> = Mutex([:])

    package init(_ family: MetricFamily) {
        self.family = family
    }

    package func set(_ value: Double, _ labelValues: [String] = []) {
        values.withLock { $0[labelValues] = value }
    }

    package var families: [MetricFamily] { [family] }

    package func samples() -> [(family: MetricFamily, samples: [Sample])] {
        let values = values.withLock { $0 }
        return [(family, values.map { Sample($0.key, number: $0.value) }.sorted())]
    }
}
