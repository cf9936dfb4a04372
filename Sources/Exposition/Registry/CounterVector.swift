/// A counter family of the exporter's own, one counter for each combination of label values.
package struct CounterVector: Sendable {
    package let family: MetricFamily
    private let registry: Registry

    /// - Parameter known: Label values that are shown as 0 from the start.
    package init(_ family: MetricFamily, known: [[String]] = [], in registry: Registry) {
        self.family = family
        self.registry = registry
        know(known)
    }

    /// Shows these from now on, as 0 where they were not counted yet.
    package func know(_ labelValues: some Sequence<[String]>) {
        let groups = labelValues.map { SeriesGroup($0) }
        registry.change { state, now in
            for group in groups where state.families[family.name]?[group] == nil {
                state.replace(family, group, with: .count(0, created: now))
            }
        }
    }

    /// Shows these and no others.
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

    /// Counts from 0 again.
    package func reset(_ labelValues: [String]) {
        let group = SeriesGroup(labelValues)
        registry.change { state, now in state.replace(family, group, with: .count(0, created: now)) }
    }
}
