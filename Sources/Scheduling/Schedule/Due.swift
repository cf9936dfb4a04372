/// That something is due: a target in its lane, or a lane in the schedule.
///
/// Entries are not taken out of a heap when they are put off; they no longer match what is known of their subject then,
/// and are dropped when they come up.
struct Due: Comparable, Sendable {
    /// Milliseconds of the schedule.
    let time: Int64
    let subject: Int32

    static func < (left: Due, right: Due) -> Bool {
        (left.time, left.subject) < (right.time, right.subject)
    }
}
