/// A histogram: observations counted in classic buckets, whose bounds are given, and in those of a ``NativeHistogram``.
package struct Histogram: Sendable, Hashable {
    /// The upper bounds of the classic buckets, inclusive, ascending, without +Inf.
    package let bounds: [Double]
    /// Observations in each classic bucket, not cumulative. The last one counts what is above every bound.
    package private(set) var counts: [UInt64]
    package private(set) var sum: Double
    package private(set) var native = NativeHistogram()

    /// - Parameter bounds: In any order; duplicates, infinities and NaN are left out.
    package init(bounds: [Double]) {
        self.bounds = Set(bounds.filter(\.isFinite)).sorted()
        self.counts = Array(repeating: 0, count: self.bounds.count + 1)
        self.sum = 0
    }

    /// Restores a histogram from its parts.
    ///
    /// - Parameter native: `nil` if only the classic buckets were stored. Their observations are then counted at the
    ///   upper bounds, and those above the last bound just above it.
    /// - Returns: `nil` if the parts do not fit each other. There must be one count more than there are bounds, the
    ///   bounds must be finite and ascend, the sum must be finite, and both kinds of buckets must count as many
    ///   observations.
    package init?(bounds: [Double], counts: [UInt64], sum: Double, native: NativeHistogram? = nil) {
        guard counts.count == bounds.count + 1, sum.isFinite, bounds.allSatisfy(\.isFinite),
            zip(bounds, bounds.dropFirst()).allSatisfy(<)
        else { return nil }
        self.bounds = bounds
        self.counts = counts
        self.sum = sum
        if let native {
            guard native.count == count else { return nil }
            self.native = native
        } else {
            for (position, count) in counts.enumerated() {
                let above = (bounds.last ?? 0).magnitude.nextUp
                self.native.observe(position < bounds.count ? bounds[position] : above, count: count)
            }
        }
    }

    /// The same observations in classic buckets with other bounds. Those of a bucket are counted where its upper bound
    /// belongs, so that no bucket claims observations that may have been greater than its bound.
    package func rebucketed(_ bounds: [Double]) -> Histogram {
        var other = Histogram(bounds: bounds)
        guard other.bounds != self.bounds else { return self }
        for (position, count) in counts.enumerated() {
            let bucket = position < self.bounds.count ? other.bucket(of: self.bounds[position]) : other.bounds.count
            other.counts[bucket] &+= count
        }
        other.sum = sum
        other.native = native
        return other
    }

    package var count: UInt64 {
        counts.reduce(0, &+)
    }

    /// Counts an observation. A value that is not finite is ignored.
    package mutating func observe(_ value: Double) {
        guard value.isFinite else { return }
        counts[bucket(of: value)] &+= 1
        sum += value
        native.observe(value)
    }

    func bucket(of value: Double) -> Int {
        var low = 0
        var high = bounds.count
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] < value {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}

/// Counts of observations in buckets whose bounds are powers of one base, kept only where something was counted.
///
/// Bucket `index` holds what is above `base^(index - 1)` and at most `base^index`, where the base is 2^2^-schema.
///
/// Source: <https://prometheus.io/docs/specs/native_histograms/>.
package struct NativeHistogram: Sendable, Hashable {
    package struct Bucket: Sendable, Hashable {
        package var index: Int32
        package var count: UInt64

        package init(index: Int32, count: UInt64) {
            self.index = index
            self.count = count
        }
    }

    /// Eight buckets for each power of two: each is 9 % wider than the one before.
    private static let finestSchema: Int32 = 3
    private static let coarsestSchema: Int32 = -4
    /// The most buckets on each side of zero. With more, neighbours are merged two by two, as client libraries do it.
    private static let mostBuckets = 160
    /// Values up to this far from 0 count as 0: 2^-128, as in client libraries.
    package static let zeroThreshold = 0x1p-128

    /// 2^(i/8) / 2: the upper bounds of the buckets within a power of two.
    private static let bounds: [Double] = [
        0.5, 0.5452538663326288, 0.5946035575013605, 0.6484197773255048, 0.7071067811865475, 0.7711054127039704,
        0.8408964152537144, 0.9170040432046711,
    ]

    package private(set) var schema = finestSchema
    package private(set) var zeroCount: UInt64 = 0
    /// Sorted by index.
    package private(set) var positive: [Bucket] = []
    /// Sorted by index. The bounds are those of ``positive`` with the other sign.
    package private(set) var negative: [Bucket] = []

    package init() {}

    /// Restores a histogram from its parts.
    ///
    /// - Returns: `nil` if the schema is unknown, or if there are too many buckets or they are not in order.
    package init?(schema: Int32, zeroCount: UInt64, positive: [Bucket], negative: [Bucket]) {
        guard (Self.coarsestSchema...Self.finestSchema).contains(schema),
            [positive, negative].allSatisfy({ buckets in
                buckets.count <= Self.mostBuckets
                    && zip(buckets, buckets.dropFirst()).allSatisfy { $0.index < $1.index }
            })
        else { return nil }
        self.schema = schema
        self.zeroCount = zeroCount
        self.positive = positive
        self.negative = negative
    }

    package var count: UInt64 {
        positive.reduce(zeroCount) { $0 &+ $1.count } &+ negative.reduce(0) { $0 &+ $1.count }
    }

    /// Counts `count` observations of the same value. A value that is not finite is ignored.
    package mutating func observe(_ value: Double, count: UInt64 = 1) {
        guard value.isFinite, count > 0 else { return }
        guard value.magnitude > Self.zeroThreshold else {
            zeroCount &+= count
            return
        }
        let index = index(of: value.magnitude)
        if value > 0 {
            Self.add(count, at: index, to: &positive)
        } else {
            Self.add(count, at: index, to: &negative)
        }
        while max(positive.count, negative.count) > Self.mostBuckets, schema > Self.coarsestSchema {
            schema -= 1
            positive = Self.halved(positive)
            negative = Self.halved(negative)
        }
    }

    private func index(of magnitude: Double) -> Int32 {
        let fraction = magnitude.significand / 2
        let within = Self.bounds.partitioningIndex { $0 >= fraction }
        let finest = Int(magnitude.exponent) * Self.bounds.count + within
        let shift = Int(Self.finestSchema - schema)
        return Int32((finest + (1 << shift) - 1) >> shift)
    }

    private static func add(_ count: UInt64, at index: Int32, to buckets: inout [Bucket]) {
        let position = buckets.partitioningIndex { $0.index >= index }
        if position < buckets.count, buckets[position].index == index {
            buckets[position].count &+= count
        } else {
            buckets.insert(Bucket(index: index, count: count), at: position)
        }
    }

    /// The same counts at half of the resolution: two neighbours become one bucket.
    private static func halved(_ buckets: [Bucket]) -> [Bucket] {
        var halved: [Bucket] = []
        for bucket in buckets {
            add(bucket.count, at: (bucket.index + 1) >> 1, to: &halved)
        }
        return halved
    }
}
