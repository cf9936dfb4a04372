import KoreAI

/// When a run or job began and ended by the platform's own clock, as far as its replies tell.
struct PlatformTimes: Sendable, Hashable {
    var start: Timestamp?
    var end: Timestamp?
    /// Milliseconds from the one to the other; `nil` where that is not known or makes no sense.
    var duration: Int64?

    init(start: Timestamp?, end: Timestamp?, duration: Int64?) {
        self.start = start
        self.end = end
        self.duration = duration
    }

    init(start: Timestamp?, end: Timestamp?) {
        self.init(start: start, end: end, duration: nil)
        if let start, let end, end >= start {
            duration = end.milliseconds.subtractingClamped(start.milliseconds)
        }
    }

    static let unknown = PlatformTimes(start: nil, end: nil, duration: nil)
}
