import Glibc

/// A time of the wall clock in milliseconds, the precision of the platform's times.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The time of the system's clock. Code that decides takes the time as an argument instead.
    package static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Seconds since 1970, the unit of times in samples.
    package var seconds: Double { Double(milliseconds) / 1000 }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The duration from `start` to this time, negative if `start` is later. It is clamped to an `Int64` of
    /// milliseconds.
    package func since(_ start: Timestamp) -> Duration {
        let (difference, overflows) = milliseconds.subtractingReportingOverflow(start.milliseconds)
        guard overflows else { return .milliseconds(difference) }
        return .milliseconds(milliseconds < start.milliseconds ? Int64.min : Int64.max)
    }
}

extension Timestamp {
    /// This time plus a duration, which is cut to the millisecond. A sum that ``milliseconds`` cannot hold is clamped.
    package func adding(_ duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let (added, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return Timestamp(milliseconds: seconds < 0 ? .min : .max) }
        let (sum, sumOverflow) = milliseconds.addingReportingOverflow(added)
        guard !sumOverflow else { return Timestamp(milliseconds: added < 0 ? .min : .max) }
        let (moment, momentOverflow) = sum.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return Timestamp(milliseconds: momentOverflow ? .max : moment)
    }
}

extension Timestamp {
    /// The time in UTC with milliseconds, such as `2019-06-27T12:07:30.898Z`, for pages and logs.
    package var iso8601: String {
        let day: Int64 = 86_400_000
        let remainder = milliseconds % day
        let rest = remainder < 0 ? remainder + day : remainder
        let date = CivilDate(daysSinceEpoch: milliseconds / day - (remainder < 0 ? 1 : 0))
        let sign = date.year < 0 ? "-" : ""
        return """
            \(sign)\(padded(date.year.magnitude, to: 4))-\(padded(date.month, to: 2))-\(padded(date.day, to: 2))\
            T\(padded(rest / 3_600_000, to: 2)):\(padded(rest / 60_000 % 60, to: 2)):\(padded(rest / 1000 % 60, to: 2))\
            .\(padded(rest % 1000, to: 3))Z
            """
    }

    private func padded(_ value: some BinaryInteger, to width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Timestamp: CustomStringConvertible {
    package var description: String { iso8601 }
}

/// A day of the proleptic Gregorian calendar.
///
/// The arithmetic is Howard Hinnant's `days_from_civil` and `civil_from_days`
/// (https://howardhinnant.github.io/date_algorithms.html): exact for every year, without tables or a calendar library.
struct CivilDate: Hashable {
    var year: Int64
    /// 1 to 12.
    var month: Int64
    /// 1 to 31.
    var day: Int64

    /// Makes a date; `nil` if there is no such month or the month has no such day.
    init?(year: Int64, month: Int64, day: Int64) {
        guard (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that begins `days` days after 1970-01-01.
    ///
    /// - Parameter days: Within the range of an `Int64` of milliseconds.
    init(daysSinceEpoch days: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01, negative before it.
    var daysSinceEpoch: Int64 {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = (yearFromMarch >= 0 ? yearFromMarch : yearFromMarch - 399) / 400
        let yearOfEra = yearFromMarch - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
