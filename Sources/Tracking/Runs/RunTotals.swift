package import Exposition

/// What the runs or jobs of one target add up to.
package struct RunTotals: Sendable, Hashable {
    package internal(set) var ended: UInt64 = 0
    package internal(set) var failed: UInt64 = 0
    /// In seconds, of those whose duration is known.
    package internal(set) var durations: Histogram
    /// Of the last one whose duration is known.
    package internal(set) var last: EndedRun?

    package init(bounds: [Double]) {
        durations = Histogram(bounds: bounds)
    }

    package mutating func add(_ run: EndedRun) {
        ended &+= 1
        if run.outcome == .failed {
            failed &+= 1
        }
        if let duration = run.duration {
            durations.observe(Double(duration) / 1000)
            last = run
        }
    }
}
