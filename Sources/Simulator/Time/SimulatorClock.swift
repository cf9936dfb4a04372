/// What tells a ``Simulator`` the time.
package enum SimulatorClock: Sendable {
    /// The machine's clock.
    case wall
    /// A clock that stands still until it is told to go on, so that no test waits.
    case manual(ManualClock)

    package var now: SimulatorTime {
        switch self {
        case .wall: .wallClock()
        case .manual(let clock): clock.now
        }
    }
}
