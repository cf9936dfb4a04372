extension Registry {
    /// What a family of the exporter's own counters and histograms shows now, in the order in which it is shown.
    package func samples(of family: MetricFamily) -> [Sample] {
        change { state, _ in
            (state.families[family.name]?.pages ?? []).flatMap(\.entries).flatMap { entry -> [Sample] in
                switch entry.content {
                case .number(let number): [Sample(entry.group.labelValues, number: number)]
                case .count(let count, _): [Sample(entry.group.labelValues, count: count)]
                case .samples(let samples): samples
                // Of targets, which have their own form in the store.
                case .packed: []
                }
            }
        }
    }
}
