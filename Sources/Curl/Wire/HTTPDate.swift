/// A date as HTTP writes it: RFC 9110, 5.6.7, in its present form and the two old ones.
struct HTTPDate: Hashable {
    /// Seconds since 1970-01-01T00:00:00Z.
    var unixTime: Int64

    /// - Parameter now: Unix time, to tell the century of a year with two digits: one that lies more than 50 years ahead
    ///   is of the century before.
    init?(_ text: String, now: Int64) {
        let words = text.split { " ,-\t".contains($0) }
        let day: Substring, month: Substring, year: Substring, time: Substring
        switch words.count {
        case 6 where words[5] == "GMT": (day, month, year, time) = (words[1], words[2], words[3], words[4])
        case 5: (month, day, time, year) = (words[1], words[2], words[3], words[4])
        default: return nil
        }
        guard let monthIndex = Self.months.firstIndex(of: month), let day = Self.number(day, digits: 1...2),
            let yearNumber = Self.number(year, digits: 2...4), let secondOfDay = Self.secondOfDay(time)
        else { return nil }
        switch year.utf8.count {
        case 4:
            self.unixTime = Self.days(year: yearNumber, month: monthIndex + 1, day: day) * 86400 + secondOfDay
        case 2:
            let inThisCentury = Self.days(year: 2000 + yearNumber, month: monthIndex + 1, day: day)
            let unixTime = inThisCentury * 86400 + secondOfDay
            let (ahead, overflow) = unixTime.subtractingReportingOverflow(now)
            let isPast = overflow || ahead > 50 * 365 * 86400
            self.unixTime =
                isPast
                ? Self.days(year: 1900 + yearNumber, month: monthIndex + 1, day: day) * 86400 + secondOfDay : unixTime
        default: return nil
        }
        guard (1...31).contains(day) else { return nil }
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int64? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }

    private static func secondOfDay(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { number($0, digits: 2...2) }
        guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2],
            hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Days since 1970-01-01 in the Gregorian calendar, for years from 0 to 9999: March is taken for the first month, so
    /// that the leap day is a year's last.
    private static func days(year: Int64, month: Int, day: Int64) -> Int64 {
        let year = month > 2 ? year : year - 1
        let monthFromMarch = Int64((month + 9) % 12)
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
