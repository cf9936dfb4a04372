package import Exposition
package import KoreAI

/// What the runs or jobs of one target add up to.
package struct RunTotals: Sendable, Hashable {
    /// When counting began; `nil` before the first reply, and where an older version began it.
    package internal(set) var created: Timestamp?
    package internal(set) var ended: UInt64 = 0
    package internal(set) var failed: UInt64 = 0
    /// In seconds, of those whose duration is known.
    package internal(set) var durations: Histogram
    /// Of the last one whose duration is known.
    package internal(set) var last: EndedRun?

    package init(bounds: [Double]) {
        durations = Histogram(bounds: bounds)
    }

    /// The histogram of durations; beside the bucket of the last one, when that one began.
    func durationSample(_ labels: [String]) -> Sample {
        Sample(labels, .histogram(durations), created: created?.seconds, exemplar: exemplar)
    }

    private var exemplar: Exemplar? {
        guard let last, let start = last.start, let duration = last.duration else { return nil }
        return Exemplar(
            [Label(name: "run_start", value: start.iso8601)],
            value: Double(duration) / 1000,
            timestamp: last.end.seconds
        )
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
