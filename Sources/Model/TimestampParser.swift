extension Timestamp {
    /// Numbers of this size or more are milliseconds: as seconds they would lie in the year 5138 or later.
    private static let leastMilliseconds = 1e11
    /// The least number of seconds, in the year 1973. A smaller number cannot be a time of the platform and is refused.
    private static let leastSeconds = 1e8
    /// The last millisecond of the year 9999.
    private static let mostMilliseconds = 253_402_300_799_999.0

    /// Reads a time in ISO 8601 with a zone, or a Unix time in seconds or milliseconds; `nil` for any other text.
    package init?(parsing text: String) {
        var text = text.trimmed
        let parsed = text.withUTF8 { bytes in
            var parser = TimestampParser(bytes)
            return parser.timestamp()
        }
        if let parsed {
            self = parsed
        } else if let number = text.decimalNumber, let time = Timestamp(epoch: number) {
            self = time
        } else {
            return nil
        }
    }

    /// Reads a Unix time in seconds or milliseconds, told apart by its size; `nil` outside the years 1973 to 9999.
    package init?(epoch number: Double) {
        guard number >= Self.leastSeconds, number <= Self.mostMilliseconds else { return nil }
        let milliseconds = number < Self.leastMilliseconds ? number * 1000 : number
        self.init(milliseconds: Int64(milliseconds.rounded()))
    }
}

/// Reads an ISO 8601 date and time from the bytes of a text, without a formatter.
struct TimestampParser<Bytes: RandomAccessCollection<UInt8>> where Bytes.Index == Int {
    private let bytes: Bytes
    private var index: Int

    init(_ bytes: Bytes) {
        self.bytes = bytes
        self.index = bytes.startIndex
    }

    /// Reads `YYYY-MM-DDThh:mm:ss`, then a fraction of 1 to 9 digits or none, then `Z` or an offset (`+hh:mm`, `+hhmm`,
    /// `+hh`). Digits beyond the millisecond are cut off.
    ///
    /// - Returns: `nil` for anything else, also where the zone is missing, because the time would be a guess.
    mutating func timestamp() -> Timestamp? {
        guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2),
            take("T") || take("t") || take(" "),
            let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60, take(":"),
            // 60 is a leap second. Clocks without leap seconds show it as the first second of the next minute.
            let second = digits(2), second <= 60,
            let milliseconds = fraction(), let offset = offset(), index == bytes.endIndex,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
        return Timestamp(milliseconds: seconds * 1000 + milliseconds)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func digit() -> Int64? {
        guard index < bytes.endIndex, case let value = bytes[index] &- UInt8(ascii: "0"), value <= 9 else { return nil }
        index += 1
        return Int64(value)
    }

    private mutating func digits(_ count: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Reads a fraction of a second, in milliseconds; 0 where there is none.
    private mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        var value: Int64 = 0
        var count = 0
        while let digit = digit() {
            count += 1
            if count <= 3 { value = value * 10 + digit }
        }
        switch count {
        case 1: return value * 100
        case 2: return value * 10
        case 3...9: return value
        default: return nil
        }
    }

    /// Reads the zone's offset, in minutes east of Greenwich.
    private mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") {
            sign = 1
        } else if take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = digits(2), hours < 24 else { return nil }
        guard take(":") || index < bytes.endIndex else { return sign * hours * 60 }
        guard let minutes = digits(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
