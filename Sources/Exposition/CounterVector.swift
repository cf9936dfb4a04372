import Synchronization

/// A counter family of the exporter's own, one counter for each combination of label values.
package final class CounterVector: SampleSource {
    package let family: MetricFamily
    private let counts: Mutex<[[String]: UInt64]>

    /// - Parameter known: Label values that are shown as 0 from the start.
    package init(_ family: MetricFamily, known: [[String]] = []) {
        self.family = family
        self.counts = Mutex(Dictionary(known.map { ($0, 0) }, uniquingKeysWith: { first, _ in first }))
    }

    package func add(_ amount: UInt64 = 1, to labelValues: [String]) {
        counts.withLock { $0[labelValues, default: 0] &+= amount }
    }

    package var families: [MetricFamily] { [family] }

    package func samples() -> [(family: MetricFamily, samples: [Sample])] {
        let counts = counts.withLock { $0 }
        return [(family, counts.map { Sample($0.key, count: $0.value) }.sorted())]
    }
}
