import Glibc
import Model
import Synchronization

/// A wall clock time in milliseconds, the precision in which the platform writes times.
package struct SimulatorTime: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z, limited to the years 0000 to 9999, so that arithmetic cannot overflow.
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
    }

    /// The present time of the machine's clock.
    package static func wallClock() -> SimulatorTime {
        SimulatorTime(milliseconds: Timestamp.now.milliseconds)
    }

    /// Unix time in seconds.
    package var seconds: Double { Double(milliseconds) / 1000 }

    /// The time without its milliseconds, as the platform writes `lMod` right after an export's start.
    package var wholeSeconds: SimulatorTime {
        SimulatorTime(milliseconds: milliseconds - (milliseconds % 1000 + 1000) % 1000)
    }

    /// The duration from `start` to this time; negative where `start` is later.
    package func since(_ start: SimulatorTime) -> Duration {
        .milliseconds(milliseconds - start.milliseconds)
    }

    package static func + (time: SimulatorTime, duration: Duration) -> SimulatorTime {
        SimulatorTime(milliseconds: time.milliseconds + duration.clampedMilliseconds)
    }

    package static func - (time: SimulatorTime, duration: Duration) -> SimulatorTime {
        SimulatorTime(milliseconds: time.milliseconds - duration.clampedMilliseconds)
    }

    package static func < (left: SimulatorTime, right: SimulatorTime) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

extension SimulatorTime: CustomStringConvertible, Encodable {
    /// ISO 8601 as the platform writes it: `2019-06-27T12:07:30.898Z`.
    package var description: String {
        let remainder = milliseconds % 1000
        let rest = remainder < 0 ? remainder + 1000 : remainder
        var seconds = time_t((milliseconds - rest) / 1000)
        var date = tm()
        gmtime_r(&seconds, &date)
        let day = "\(padded(date.tm_year + 1900, 4))-\(padded(date.tm_mon + 1, 2))-\(padded(date.tm_mday, 2))"
        let time = "\(padded(date.tm_hour, 2)):\(padded(date.tm_min, 2)):\(padded(date.tm_sec, 2))"
        return "\(day)T\(time).\(padded(rest, 3))Z"
    }

    private func padded(_ value: some BinaryInteger, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero and kept within ±1,000 years, so that sums of them cannot overflow.
    var clampedMilliseconds: Int64 {
        let limit: Int64 = 1000 * 366 * 86_400
        let (seconds, attoseconds) = components
        guard seconds < limit else { return limit * 1000 }
        guard seconds > -limit else { return -limit * 1000 }
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// The real time for a duration in scenario time: divided by the scenario seconds in a real second.
    func divided(bySpeed speed: Double) -> Duration {
        guard speed > 0, speed.isFinite else { return self }
        let limit = 1000.0 * 366 * 86_400 * 1000
        return .milliseconds(Int64(min(max(Double(clampedMilliseconds) / speed, -limit), limit)))
    }
}

/// The clock of a ``Simulator``.
package enum SimulatorClock: Sendable {
    /// The machine's clock.
    case wall
    /// A clock that stands still until a test moves it, so that no test waits.
    case manual(ManualClock)

    package var now: SimulatorTime {
        switch self {
        case .wall: .wallClock()
        case .manual(let clock): clock.now
        }
    }
}

/// A clock that moves only when ``advance(by:)`` is called, and never backwards.
package final class ManualClock: Sendable {
    private let time: Mutex<SimulatorTime>

    /// - Parameter start: The present by default, so that tokens which a client signs by its own clock are accepted.
    package init(start: SimulatorTime = .wallClock()) {
        time = Mutex(start)
    }

    package var now: SimulatorTime {
        time.withLock { $0 }
    }

    /// Moves the clock forward; a negative duration does nothing.
    package func advance(by duration: Duration) {
        time.withLock { $0 = max($0, $0 + duration) }
    }
}
