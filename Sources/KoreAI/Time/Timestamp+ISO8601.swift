extension Timestamp {
    /// UTC with milliseconds: `2019-06-27T12:07:30.898Z`. For pages and logs.
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
