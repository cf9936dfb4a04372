import Synchronization

/// A clock that moves only when it is told to, and never backwards.
package final class ManualClock: Sendable {
    private let time: Mutex<SimulatorTime>

    /// - Parameter start: The present by default, so that tokens that a client signs by its own clock are good.
    package init(start: SimulatorTime = .wallClock()) {
        time = Mutex(start)
    }

    package var now: SimulatorTime {
        time.withLock { $0 }
    }

    /// Moves on; a negative duration does nothing.
    package func advance(by duration: Duration) {
        time.withLock { $0 = max($0, $0 + duration) }
    }
}
