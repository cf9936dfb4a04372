/// The leading label values that all series of one target share in a family.
///
/// Groups sort by these values, label by label; so a family is sorted when its groups are.
package struct SeriesGroup: Sendable, Hashable, Comparable {
    /// NUL sorts before every other byte, so that joining keeps the order of the separate values.
    private let joined: String

    package init(_ leadingLabelValues: [String]) {
        self.joined = leadingLabelValues.joined(separator: "\0")
    }

    package static func < (left: SeriesGroup, right: SeriesGroup) -> Bool {
        left.joined < right.joined
    }
}
