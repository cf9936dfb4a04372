import Glibc

/// How long the runs of a target or a bot take: mean and variance of the logarithm of their lengths, of which later runs
/// weigh more than earlier ones.
struct RunLengths: Sendable, Hashable {
    /// Runs until something is said of them.
    private static let enough: UInt8 = 10
    private static let memory: Float = 0.05

    private var count: UInt8 = 0
    private var mean: Float = 0
    /// As much as lengths vary that are known to be of the same order, until more is known.
    private var variance: Float = 0.25

    /// A run was seen to end after so many milliseconds.
    mutating func add(_ length: Int64) {
        let logarithm = log(Float(max(1, length)))
        if count < 100 { count += 1 }
        let weight = max(Self.memory, 1 / Float(count))
        let difference = logarithm - mean
        mean += weight * difference
        if count > 1 {
            variance += max(Self.memory, 1 / Float(count + 4)) * (difference * difference - variance)
        }
    }

    /// Milliseconds before which hardly any run ends: about 0.6% do, if their lengths are log-normal. `nil` while too few
    /// are known.
    var earliestEnd: Int64? {
        guard count >= Self.enough else { return nil }
        let length = exp(mean - 2.5 * variance.squareRoot())
        return Int64(min(max(0, length), 1e12))
    }
}
