extension Sample: Comparable {
    /// By label values in label order, the order in which a family shows its series.
    package static func < (left: Sample, right: Sample) -> Bool {
        left.labelValues.lexicographicallyPrecedes(right.labelValues)
    }
}
