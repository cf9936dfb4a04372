import Model

@testable import Tracking

extension Timestamp {
    /// Seconds after a moment in 2023 at which the tests' machine was started.
    static func at(_ seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_700_000_000_000 + seconds * 1000)
    }
}

extension ClockReading {
    /// So many seconds after the machine's start, with a wall clock that goes right.
    static func at(_ seconds: Int64) -> ClockReading {
        ClockReading(wall: .at(seconds), uptime: seconds * 1000, boot: 1)
    }
}
