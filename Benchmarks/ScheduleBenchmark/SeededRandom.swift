import Foundation
import Scheduling

/// Random numbers with a seed, in the distributions of the workload.
struct SeededRandom: RandomNumberGenerator {
    private var bits: SplitMix64

    init(seed: UInt64) {
        bits = SplitMix64(seed: seed)
    }

    mutating func next() -> UInt64 {
        bits.next()
    }

    /// From 0 to below 1.
    mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    mutating func exponential(mean: Double) -> Double {
        -mean * log(1 - unit())
    }

    mutating func logNormal(median: Double, sigma: Double) -> Double {
        let normal = (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
        return median * exp(sigma * normal)
    }
}
