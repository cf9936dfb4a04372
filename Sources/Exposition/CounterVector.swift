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

    /// Shows these from now on, as 0 where they were not counted yet.
    package func know(_ labelValues: some Sequence<[String]>) {
        counts.withLock { counts in
            for values in labelValues { counts[values, default: 0] &+= 0 }
        }
    }

    /// Shows these and no others.
    package func keepOnly(_ labelValues: Set<[String]>) {
        counts.withLock { counts in counts = counts.filter { labelValues.contains($0.key) } }
        know(labelValues)
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
