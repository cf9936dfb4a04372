/// The time between two polls in which something happened that no poll saw happen.
///
/// The middle is the best guess, and it is wrong by half of the length at most.
struct Span: Sendable, Hashable {
    var middle: Moment
    /// Half of the span, in milliseconds.
    var bound: Int64

    init(after: Moment, until: Moment) {
        let length = until.milliseconds(since: after)
        bound = length - length / 2
        middle = until.before(length / 2)
    }
}
