import KoreAI
import Model

/// A run or job that was seen queued or running and has not been seen to end.
struct OpenRun: Sendable, Hashable {
    /// The last poll before it was first seen running; `nil` while it is queued, where the very first reply already
    /// showed it running, and where its start is in doubt.
    var lastSeenBefore: ClockReading?
    /// When the run was first seen running; `nil` while it is queued.
    var firstSeenRunning: ClockReading?
    /// The `modifiedOn` of the FAQ reply that first showed the run running.
    var platformStart: Timestamp?
    /// The platform's id of a training, where the exporter started it.
    var id: String?

    /// The polls between which it began to run.
    var start: Span? {
        guard let lastSeenBefore, let firstSeenRunning else { return nil }
        return Span(after: lastSeenBefore, until: firstSeenRunning)
    }
}

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

/// The time between two polls in which something happened that no poll saw happen.
struct Span: Sendable, Hashable {
    var after: ClockReading
    var until: ClockReading

    /// The best guess at when it happened, which is wrong by half of the span at most.
    ///
    /// It counts back from the span's end, because the wall clock may have jumped since its beginning.
    var middle: Timestamp {
        let length = until.milliseconds(since: after) ?? 0
        return Timestamp(milliseconds: until.wall.milliseconds.subtractingClamped(length / 2))
    }

    /// Whether a time of another clock can be that of what happened.
    ///
    /// - Parameter skew: How far the other clock may differ from ours, in milliseconds.
    func mayHold(_ time: Timestamp, skew: Int64) -> Bool {
        let walls = [after.wall.milliseconds, until.wall.milliseconds]
        guard let first = walls.min(), let last = walls.max() else { return false }
        return (first.subtractingClamped(skew)...last.addingClamped(skew)).contains(time.milliseconds)
    }
}

extension OpenRun: Storable {
    func write(to writer: inout FieldWriter) {
        if let lastSeenBefore { writer.write(1, lastSeenBefore) }
        if let firstSeenRunning { writer.write(2, firstSeenRunning) }
        if let platformStart { writer.write(3, platformStart) }
        if let id { writer.write(4, id) }
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init()
        while let field = try reader.next() {
            switch field.number {
            case 1: lastSeenBefore = try field.stored()
            case 2: firstSeenRunning = try field.stored()
            case 3: platformStart = try field.timestamp()
            case 4: id = try field.string()
            default: break
            }
        }
    }
}
