import KoreAI

/// The time between two polls in which something happened that no poll saw happen.
struct Span: Sendable, Hashable {
    var after: Moment
    var until: Moment

    /// The best guess at when it happened, which is wrong by half of the span at most.
    ///
    /// It counts back from the span's end, because the wall clock may have jumped since its beginning.
    var middle: Timestamp {
        let length = until.milliseconds(since: after) ?? 0
        return Timestamp(milliseconds: until.wall.milliseconds.subtractingClamped(length / 2))
    }

    /// Whether a time of another clock can be that of what happened.
    ///
    /// - Parameter skew: By so many milliseconds the other clock may differ from ours.
    func mayHold(_ time: Timestamp, skew: Int64) -> Bool {
        let walls = [after.wall.milliseconds, until.wall.milliseconds]
        guard let first = walls.min(), let last = walls.max() else { return false }
        return (first.subtractingClamped(skew)...last.addingClamped(skew)).contains(time.milliseconds)
    }
}
