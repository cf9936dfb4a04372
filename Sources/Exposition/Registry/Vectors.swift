/// A counter family of the exporter's own, with a counter for each combination of label values.
package struct CounterVector: Sendable {
    package let family: MetricFamily
    private let registry: Registry

    /// - Parameter known: Label values that are shown as 0 from the start.
    package init(_ family: MetricFamily, known: [[String]] = [], in registry: Registry) {
        self.family = family
        self.registry = registry
        know(known)
    }

    /// Shows the counters with these label values from now on, as 0 if they were not counted yet.
    package func know(_ labelValues: some Sequence<[String]>) {
        let groups = labelValues.map { SeriesGroup($0) }
        registry.change { state, now in
            for group in groups where state.families[family.name]?[group] == nil {
                state.replace(family, group, with: .count(0, created: now))
            }
        }
    }

    /// Shows the counters with these label values and no others.
    package func keepOnly(_ labelValues: Set<[String]>) {
        let groups = Set(labelValues.map { SeriesGroup($0) })
        registry.change { state, _ in
            state.families[family.name]?.keep(&state.revisions) { groups.contains($0) }
        }
        know(labelValues)
    }

    package func add(_ amount: UInt64 = 1, to labelValues: [String]) {
        let group = SeriesGroup(labelValues)
        registry.change { state, now in
            let isKnown = state.families[family.name]?.update(group, &state.revisions) { content in
                if case .count(let count, let created) = content { content = .count(count &+ amount, created: created) }
            }
            if isKnown != true { state.replace(family, group, with: .count(amount, created: now)) }
        }
    }

    /// Makes a counter start again from 0, with a new creation time.
    package func reset(_ labelValues: [String]) {
        let group = SeriesGroup(labelValues)
        registry.change { state, now in state.replace(family, group, with: .count(0, created: now)) }
    }
}

/// A gauge family of the exporter's own, with a gauge for each combination of label values that was set.
package struct GaugeVector: Sendable {
    package let family: MetricFamily
    private let registry: Registry

    package init(_ family: MetricFamily, in registry: Registry) {
        self.family = family
        self.registry = registry
    }

    package func set(_ value: Double, _ labelValues: [String] = []) {
        let group = SeriesGroup(labelValues)
        registry.change { state, _ in state.replace(family, group, with: .number(value)) }
    }

    package func add(_ amount: Double, to labelValues: [String]) {
        let group = SeriesGroup(labelValues)
        registry.change { state, _ in
            let isKnown = state.families[family.name]?.update(group, &state.revisions) { content in
                if case .number(let number) = content { content = .number(number + amount) }
            }
            if isKnown != true { state.replace(family, group, with: .number(amount)) }
        }
    }
}

/// A histogram family of the exporter's own, with a histogram for each combination of label values.
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
    /// Adds a value to the histogram in place. In each step the arrays within have one owner, so that none of them is
    /// copied.
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
