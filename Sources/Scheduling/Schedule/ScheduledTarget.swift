/// What the schedule knows of one target. All times are milliseconds of the schedule.
struct ScheduledTarget: Sendable {
    enum Phase: UInt8, Sendable {
        case waiting
        case inFlight
        /// Its credential is refused, and another target finds out when that is over.
        case parked
    }

    static let never = Int64.max

    var quiet: Int64
    var active: Int64
    var lane: Int32
    var bot: Int32
    /// The lane whose budget paid for the poll in flight; -1 where it is gone since.
    var payer: Int32 = -1
    var phase = Phase.waiting
    var wasPolled = false
    /// Whether it was let in when it was last asked.
    var isAuthorized = false
    var failures: UInt8 = 0
    /// Whether its run may end any time, so that it is asked at the active interval.
    var isEnding = false
    /// The next of the evenly spaced times at which the target has a right to a poll.
    var slot: Int64 = 0
    /// When that poll is due: about ``slot``, or later.
    var regularDue = never
    /// When an earlier one is wanted; ``never`` where none is.
    var extraDue = never
    /// When the last poll was taken.
    var lastPoll: Int64 = 0
    /// How long before that the poll before it was, where the last one waited for the budget; otherwise 0.
    var delayedGap: Int64 = 0
    /// When the run in progress is thought to have begun; ``never`` where none is.
    var runStart = never
    /// Until then a run is about to be seen, because one was triggered.
    var expectsRunUntil = Int64.min
    /// How long its runs take.
    var runs = RunLengths()

    var isActive: Bool { runStart != Self.never }
}
