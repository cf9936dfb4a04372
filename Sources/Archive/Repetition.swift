import Tracking

/// A target's last reply came once more.
struct Repetition: Sendable, Hashable {
    /// The row of the target.
    var target: Int64
    var moment: Moment
}
