import FoundationEssentials
import Synchronization

/// A moment on the wall clock, to the millisecond, as the platform writes its times.
package struct SimulatorTime: Sendable, Hashable, Comparable {
    /// Since 1970-01-01T00:00:00Z. Clamped to the years 0000 to 9999, so that arithmetic on it cannot overflow.
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
    }

    /// The machine's clock.
    package static func wallClock() -> SimulatorTime {
        SimulatorTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }

    /// Unix time in seconds.
    package var seconds: Double { Double(milliseconds) / 1000 }

    /// The same moment cut to whole seconds, which is what the platform does to `lMod` right after an export's start.
    package var wholeSeconds: SimulatorTime {
        SimulatorTime(milliseconds: milliseconds - (milliseconds % 1000 + 1000) % 1000)
    }

    /// From `start` to here; negative where `start` is later.
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
        let (days, rest) = milliseconds.flooredDivision(by: 86_400_000)
        // Civil date from a day count, after Howard Hinnant's days_from_civil, with years that begin in March.
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
        let date = "\(year.padded(4))-\(civilMonth.padded(2))-\(day.padded(2))"
        let clock =
            "\((rest / 3_600_000).padded(2)):\((rest / 60_000 % 60).padded(2)):\((rest / 1000 % 60).padded(2))"
        return "\(date)T\(clock).\((rest % 1000).padded(3))Z"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}

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
