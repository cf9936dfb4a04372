import TestSupport

/// Chance with a seed, so that a history comes again.
///
/// SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
struct Dice {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// From `least` to `most`, both included.
    mutating func roll(_ least: Int64, _ most: Int64) -> Int64 {
        least + Int64(next() % UInt64(most - least + 1))
    }

    mutating func percent(_ chance: Int64) -> Bool {
        roll(1, 100) <= chance
    }
}
