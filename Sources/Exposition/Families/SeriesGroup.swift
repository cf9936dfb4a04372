import Glibc

/// The leading label values that all series of one target share in a family.
///
/// Groups sort by the bytes of these values, label by label, so a family is sorted if its groups are.
package struct SeriesGroup: Sendable {
    /// The values in one object, which all families that show the target share.
    private final class Key: Sendable {
        let labelValues: [String]
        /// The bytes of the values, each value ended by two zero bytes and with a 1 after each zero byte of its own, so
        /// that the order of these bytes is the order of the separate values.
        let order: [UInt8]

        init(_ labelValues: [String]) {
            self.labelValues = labelValues
            var order: [UInt8] = []
            order.reserveCapacity(labelValues.reduce(0) { $0 + $1.utf8.count + 2 })
            for value in labelValues {
                let start = order.count
                order.append(contentsOf: value.utf8)
                if order[start...].contains(0) {
                    order.replaceSubrange(start..., with: value.utf8.flatMap { $0 == 0 ? [0, 1] : [$0] })
                }
                order.append(0)
                order.append(0)
            }
            self.order = order
        }
    }

    private let key: Key

    package init(_ leadingLabelValues: [String]) {
        key = Key(leadingLabelValues)
    }

    var labelValues: [String] { key.labelValues }

    /// Below 0 if this group sorts before the other, above 0 if it sorts after it, 0 if they are equal.
    private func compare(_ other: SeriesGroup) -> Int {
        guard key !== other.key else { return 0 }
        return key.order.withUnsafeBytes { left in
            other.key.order.withUnsafeBytes { right in
                let count = min(left.count, right.count)
                if count > 0, let left = left.baseAddress, let right = right.baseAddress {
                    let order = memcmp(left, right, count)
                    if order != 0 { return Int(order) }
                }
                return left.count - right.count
            }
        }
    }
}

extension SeriesGroup: Hashable, Comparable {
    package static func == (left: SeriesGroup, right: SeriesGroup) -> Bool {
        left.compare(right) == 0
    }

    package static func < (left: SeriesGroup, right: SeriesGroup) -> Bool {
        left.compare(right) < 0
    }

    package func hash(into hasher: inout Hasher) {
        key.order.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
