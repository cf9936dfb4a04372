import Synchronization

/// A histogram family of the exporter's own, one histogram for each combination of label values.
package final class HistogramVector: SampleSource {
    package let family: MetricFamily
    private let empty: Histogram
    private let histograms: Mutex<[[String]: Histogram]> = Mutex([:])

    package init(_ family: MetricFamily, bounds: [Double]) {
        self.family = family
        self.empty = Histogram(bounds: bounds)
    }

    package func observe(_ value: Double, _ labelValues: [String]) {
        histograms.withLock { $0[labelValues, default: empty].observe(value) }
    }

    package var families: [MetricFamily] { [family] }

    package func samples() -> [(family: MetricFamily, samples: [Sample])] {
        let histograms = histograms.withLock { $0 }
        return [(family, histograms.map { Sample($0.key, .histogram($0.value)) }.sorted())]
    }
}
