import Testing

@testable import Model

struct TimestampTests {
    @Test(
        "A time is written in UTC with milliseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_561_637_250_898, "2019-06-27T12:07:30.898Z"),
            (-1, "1969-12-31T23:59:59.999Z"), (951_782_399_001, "2000-02-28T23:59:59.001Z"),
            (253_402_300_800_000, "10000-01-01T00:00:00.000Z"), (-62_167_219_200_001, "-0001-12-31T23:59:59.999Z"),
            (Int64.max, "292278994-08-17T07:12:55.807Z"), (Int64.min, "-292275055-05-16T16:47:04.192Z"),
        ]
    )
    func iso8601(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).iso8601 == text)
    }

    @Test("The time between two moments ends at the range of 64 bits")
    func since() {
        #expect(Timestamp(milliseconds: 5).since(Timestamp(milliseconds: 7)) == .milliseconds(-2))
        let first = Timestamp(milliseconds: .min)
        let last = Timestamp(milliseconds: .max)
        #expect(last.since(first) == .milliseconds(Int64.max))
        #expect(first.since(last) == .milliseconds(Int64.min))
    }

    @Test("The system's clock is of this century")
    func now() {
        #expect(Timestamp.now > Timestamp(milliseconds: 1_700_000_000_000))
        #expect(Timestamp.now < Timestamp(milliseconds: 4_102_444_800_000))
    }
}
