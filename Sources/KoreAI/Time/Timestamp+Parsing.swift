extension Timestamp {
    /// Numbers from here on are milliseconds: as seconds they would lie in the year 5138.
    private static let leastMilliseconds = 1e11
    /// 1973: a smaller number is no time that the platform can mean, so it is not taken for one.
    private static let leastSeconds = 1e8
    /// The last millisecond of the year 9999.
    private static let mostMilliseconds = 253_402_300_799_999.0

    /// - Parameter text: ISO 8601 with a zone, or a Unix time in seconds or milliseconds.
    package init?(parsing text: String) {
        var text = text.trimmed
        let parsed = text.withUTF8 { bytes in
            var parser = TimestampParser(bytes)
            return parser.timestamp()
        }
        if let parsed {
            self = parsed
        } else if let number = JSONScalar.string(text).number, let time = Timestamp(epoch: number) {
            self = time
        } else {
            return nil
        }
    }

    /// - Parameter number: A Unix time in seconds or milliseconds, told apart by its size.
    package init?(epoch number: Double) {
        guard number >= Self.leastSeconds, number <= Self.mostMilliseconds else { return nil }
        let milliseconds = number < Self.leastMilliseconds ? number * 1000 : number
        self.init(milliseconds: Int64(milliseconds.rounded()))
    }
}

extension JSONScalar {
    /// A time in one of the forms of ``Timestamp/init(parsing:)``, as a text or a number.
    var time: Timestamp? {
        text.flatMap { Timestamp(parsing: $0) }
    }
}
