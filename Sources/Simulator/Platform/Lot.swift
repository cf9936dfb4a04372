import Glibc

/// A seeded source of chance: SplitMix64. The same seed gives the same draws on every machine.
struct Lot: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// - Parameter name: What the draws are for, so that two bots of a scenario differ.
    init(seed: UInt64, name: String) {
        // FNV-1a, for Hasher differs from run to run.
        state = name.utf8.reduce(14_695_981_039_346_656_037 ^ seed) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A duration in scenario time.
    mutating func draw(_ takes: Scenario.Takes) -> Duration {
        switch takes {
        case .fixed(let duration):
            return duration
        case .logNormal(let median, let sigma):
            // Box and Muller's way to a normal deviate; its first uniform must not be 0.
            let (first, second) = (Double.random(in: 0x1p-53..<1, using: &self), Double.random(in: 0..<1, using: &self))
            let deviate = (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
            let milliseconds = Double(median.clampedMilliseconds) * exp(sigma * deviate)
            return .milliseconds(Int64(min(max(milliseconds, 0), 1e15)))
        }
    }

    /// Hexadecimal digits, as the platform's object ids have 24 of.
    mutating func hexadecimal(_ count: Int) -> String {
        var text = ""
        for _ in 0..<count { text += String(Int(next() >> 60), radix: 16) }
        return text
    }

    /// A UUID's text.
    mutating func uuid() -> String {
        [8, 4, 4, 4, 12].map { hexadecimal($0) }.joined(separator: "-")
    }
}
