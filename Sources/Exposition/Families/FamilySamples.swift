/// The samples of one family that one group has, or that one source gives.
package struct FamilySamples: Sendable, Hashable {
    package var family: MetricFamily
    package var group: SeriesGroup
    /// In the order in which they are shown: by label values in label order.
    package var samples: [Sample]

    package init(_ family: MetricFamily, group: SeriesGroup, _ samples: [Sample]) {
        self.family = family
        self.group = group
        self.samples = samples
    }
}
