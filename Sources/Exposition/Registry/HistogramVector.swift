/// A histogram family of the exporter's own, one histogram for each combination of label values.
package struct HistogramVector: Sendable {
    package let family: MetricFamily
    private let empty: Histogram
    private let registry: Registry

    package init(_ family: MetricFamily, bounds: [Double], in registry: Registry) {
        self.family = family
        self.registry = registry
        empty = Histogram(bounds: bounds)
    }

    package func observe(_ value: Double, _ labelValues: [String]) {
        let group = SeriesGroup(labelValues)
        registry.change { state, now in
            let isKnown = state.families[family.name]?.update(group, &state.revisions) { $0.observe(value) }
            guard isKnown != true else { return }
            var histogram = empty
            histogram.observe(value)
            state.replace(family, group, with: .samples([Sample(labelValues, .histogram(histogram), created: now)]))
        }
    }
}

extension Content {
    /// Adds to its histogram in place: each step has one owner of the arrays within, so none of them is copied.
    fileprivate mutating func observe(_ value: Double) {
        guard case .samples(var samples) = self, !samples.isEmpty else { return }
        self = .number(0)
        if case .histogram(var histogram) = samples[0].value {
            samples[0].value = .number(0)
            histogram.observe(value)
            samples[0].value = .histogram(histogram)
        }
        self = .samples(samples)
    }
}
