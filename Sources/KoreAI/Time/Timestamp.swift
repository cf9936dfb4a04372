import Glibc

/// A moment on the wall clock, to the millisecond, which is what the platform's times have.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Since 1970-01-01T00:00:00Z.
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The system's clock. Code that decides takes the time as an argument instead.
    package static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Unix time in seconds, as samples carry it.
    package var seconds: Double { Double(milliseconds) / 1000 }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The time from `start` to here; negative where `start` is later. Ends at the range of an `Int64`.
    package func since(_ start: Timestamp) -> Duration {
        let (difference, overflows) = milliseconds.subtractingReportingOverflow(start.milliseconds)
        guard overflows else { return .milliseconds(difference) }
        return .milliseconds(milliseconds < start.milliseconds ? Int64.min : Int64.max)
    }
}
