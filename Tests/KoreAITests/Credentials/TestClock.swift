import Model
import Synchronization

@testable import KoreAI

/// A wall clock that stands still until it is moved.
final class TestClock: Sendable {
    private let time: Mutex<Timestamp>

    /// 2026-01-01T00:00:00.250Z unless told otherwise: not a whole second, as no real moment is one.
    init(milliseconds: Int64 = 1_767_225_600_250) {
        time = Mutex(Timestamp(milliseconds: milliseconds))
    }

    var now: Timestamp { time.withLock { $0 } }

    func advance(milliseconds: Int64) {
        time.withLock { $0.milliseconds += milliseconds }
    }
}
