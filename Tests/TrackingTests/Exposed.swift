import Exposition
import Tracking

/// The series of a tracker as a scrape shows them.
struct Exposed {
    let lines: [Substring]

    init(_ tracker: TargetTracker) {
        let registry = Registry()
        registry.update(tracker.families())
        lines = String(decoding: registry.text(), as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    /// Without counters and histograms.
    var gauges: [Substring] {
        lines.filter { line in
            !["_total{", "_bucket{", "_sum{", "_count{"].contains { line.contains($0) }
        }
    }

    /// The value of a series, given as the exposition writes it.
    subscript(series: String) -> String? {
        lines.first { $0.hasPrefix(series + " ") }.map { String($0.dropFirst(series.count + 1)) }
    }
}
