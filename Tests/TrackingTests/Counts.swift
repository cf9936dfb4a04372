/// What the counters and the histogram of a target have come to.
struct Counts: Hashable, CustomStringConvertible {
    var ended: Int
    var failed: Int
    var durations: Int

    init(_ ended: Int, _ failed: Int, _ durations: Int) {
        self.ended = ended
        self.failed = failed
        self.durations = durations
    }

    var description: String { "\(ended) ended, \(failed) failed, \(durations) durations" }
}
