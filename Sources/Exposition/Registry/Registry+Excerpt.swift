extension Registry {
    /// A registry of its own that shows what this one shows now of some groups of families, and nothing else.
    package func excerpt(of groups: [(family: MetricFamily, group: SeriesGroup)]) -> Registry {
        let found = change { state, _ in
            groups.compactMap { family, group in
                state.families[family.name]?[group].map { (family, group, $0) }
            }
        }
        let excerpt = Registry()
        excerpt.change { state, _ in
            for (family, group, content) in found { state.replace(family, group, with: content) }
        }
        return excerpt
    }
}
