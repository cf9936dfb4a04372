/// A moment on the wall clock, to the millisecond, which is what the platform's times have.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Since 1970-01-01T00:00:00Z.
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Unix time in seconds, as samples carry it.
    package var seconds: Double { Double(milliseconds) / 1000 }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The time from `start` to here; negative where `start` is later.
    package func since(_ start: Timestamp) -> Duration {
        .milliseconds(milliseconds - start.milliseconds)
    }
}
