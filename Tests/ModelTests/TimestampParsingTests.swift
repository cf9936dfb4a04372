import TestSupport
import Testing

@testable import Model

struct TimestampParsingTests {
    @Test(
        "Every form of a time",
        arguments: [
            ("2019-06-27T12:07:30.898Z", 1_561_637_250_898), ("2019-06-27T12:07:30Z", 1_561_637_250_000),
            ("2019-06-27T12:07:30.8Z", 1_561_637_250_800), ("2019-06-27T12:07:30.89Z", 1_561_637_250_890),
            ("2019-06-27T12:07:30.898999999Z", 1_561_637_250_898), ("2019-06-27t12:07:30z", 1_561_637_250_000),
            ("2019-06-27 12:07:30Z", 1_561_637_250_000), ("2019-06-27T17:37:30+05:30", 1_561_637_250_000),
            ("2019-06-27T05:07:30.5-0700", 1_561_637_250_500), ("2019-06-27T14:07:30+02", 1_561_637_250_000),
            (" 2019-06-27T12:07:30Z\n", 1_561_637_250_000), ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.999Z", -1), ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("0000-01-01T00:00:00Z", -62_167_219_200_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999), ("1561637250", 1_561_637_250_000),
            ("1561637250.898", 1_561_637_250_898), ("1561637250898", 1_561_637_250_898),
            ("1.561637250898e12", 1_561_637_250_898),
        ]
    )
    func understood(text: String, milliseconds: Int64) {
        #expect(Timestamp(parsing: text) == Timestamp(milliseconds: milliseconds))
    }

    @Test(
        "What is no time, or not for sure",
        arguments: [
            "", "yesterday", "2019-06-27", "2019-06-27T12:07:30", "2019-06-27T12:07Z", "2019-06-27T12:07:30.Z",
            "2019-06-27T12:07:30.1234567890Z", "2019-06-27T24:00:00Z", "2019-06-27T12:60:00Z", "2019-06-27T12:07:61Z",
            "2019-13-01T00:00:00Z", "2019-00-01T00:00:00Z", "2019-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
            "2019-04-31T00:00:00Z", "2019-01-00T00:00:00Z", "2019-06-27T12:07:30Zx", "2019-06-27T12:07:30+5:30",
            "2019-06-27T12:07:30+24:00", "2019-06-27T12:07:30+05:60", "2019-06-27T12:07:30+05:", "2019-6-27T12:07:30Z",
            "+2019-06-27T12:07:30Z", "2019-06-27X12:07:30Z", "0", "-1561637250", "20190627", "1e999", "nan",
            "253402300800000", "99999999999999999999", "2019-06-27T12:07:30.898Ü", "２０19-06-27T12:07:30Z",
        ]
    )
    func refused(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test("Every time that is written is read back, on every day of the calendar", arguments: [21, 22] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<20_000 {
            let time = Timestamp(
                milliseconds: .random(in: -62_167_219_200_000...253_402_300_799_999, using: &generator)
            )
            #expect(Timestamp(parsing: time.iso8601) == time)
        }
    }

    @Test("Days follow each other without a gap for eight hundred years")
    func everyDay() {
        var previous = CivilDate(daysSinceEpoch: -150_000)
        for days in Int64(-149_999)...150_000 {
            let date = CivilDate(daysSinceEpoch: days)
            let isNext =
                date.day == previous.day + 1 && date.month == previous.month && date.year == previous.year
                || date.day == 1 && previous.day >= 28 && date.month == previous.month + 1 && date.year == previous.year
                || date.day == 1 && previous.day == 31 && date.month == 1 && previous.month == 12
                    && date.year == previous.year + 1
            if !isNext || date.daysSinceEpoch != days {
                Issue.record("\(previous) is followed by \(date), day \(date.daysSinceEpoch) of \(days)")
                return
            }
            previous = date
        }
    }

    @Test("Text near a time never traps", arguments: [31, 32] as [UInt64])
    func fuzz(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let alphabet = Array("0123456789-:.TZtz+ eE\u{0}ÿ".utf8)
        for _ in 0..<20_000 {
            var bytes = Array("2019-06-27T12:07:30.898+05:30".utf8)
            for _ in 0..<Int.random(in: 1...5, using: &generator) {
                guard let byte = alphabet.randomElement(using: &generator), !bytes.isEmpty else { break }
                let index = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: bytes[index] = byte
                case 1: bytes.insert(byte, at: index)
                default: bytes.remove(at: index)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let time = Timestamp(parsing: text) else { continue }
            // A time with an offset can lie a day beyond the years that are written with four digits.
            #expect(abs(time.milliseconds) <= 253_402_300_799_999 + 86_400_000)
        }
    }
}
