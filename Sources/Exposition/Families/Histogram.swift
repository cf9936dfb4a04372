/// Counts of observations by size, their number and their sum: in buckets with given bounds, and in those of a
/// ``NativeHistogram``.
package struct Histogram: Sendable, Hashable {
    /// The upper bounds of the buckets, inclusive, ascending, without +Inf.
    package let bounds: [Double]
    /// Observations by bucket, not cumulative; the last one counts what is above every bound.
    package private(set) var counts: [UInt64]
    package private(set) var sum: Double
    package private(set) var native = NativeHistogram()

    /// - Parameter bounds: In any order; duplicates, infinities and NaN are left out.
    package init(bounds: [Double]) {
        self.bounds = Set(bounds.filter(\.isFinite)).sorted()
        self.counts = Array(repeating: 0, count: self.bounds.count + 1)
        self.sum = 0
    }

    /// A histogram that was kept elsewhere.
    ///
    /// - Parameter native: `nil` where only the other buckets were kept: what they count is counted at their upper bounds
    ///   then, and what lies above the last one just above it.
    /// - Returns: `nil` where the parts do not fit each other: there is one count more than there are bounds, the
    ///   bounds are finite and ascend, the sum is finite, and both kinds of buckets count as much.
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

    /// The same observations in other buckets: those of a bucket are counted where its upper bound belongs, so that no
    /// bucket claims observations that may have been greater than its bound.
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

    /// Adds an observation. One that is not a finite number is not counted.
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
