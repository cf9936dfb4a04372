/// One figure of both pollers, in milliseconds.
struct Figure {
    var name: String
    var scheduled: Double
    var fixed: Double
    /// The most that the schedule's may be of the fixed poller's; `nil` where there is no goal.
    var goal: Double?

    var ratio: Double { scheduled / max(1, fixed) }

    var isMet: Bool { goal.map { ratio <= $0 } ?? true }
}
