extension Sample: Comparable {
    /// By the bytes of the label values in label order, the order in which a family shows its series.
    package static func < (left: Sample, right: Sample) -> Bool {
        for (left, right) in zip(left.labelValues, right.labelValues) where !left.utf8.elementsEqual(right.utf8) {
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        return left.labelValues.count < right.labelValues.count
    }
}
