/// A gauge family of the exporter's own, one gauge for each combination of label values that was set.
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
