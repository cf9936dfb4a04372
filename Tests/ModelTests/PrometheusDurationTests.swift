import TestSupport
import Testing

@testable import Model

struct PrometheusDurationTests {
    @Test(
        "What Prometheus writes is read",
        arguments: [
            ("0", 0), ("0s", 0), ("324ms", 324), ("3s", 3000), ("5m", 300_000), ("1m30s", 90_000), ("1h", 3_600_000),
            ("4d", 345_600_000), ("4d1h", 349_200_000), ("3w", 1_814_400_000), ("3w2d1h", 1_990_800_000),
            ("10y", 315_360_000_000), ("1y2w3d4h5m6s7ms", 33_019_506_007), ("90s", 90_000), ("100m", 6_000_000),
            ("0030s", 30_000), ("106751d23h47m16s854ms", 9_223_372_036_854),
        ] as [(String, Int64)]
    )
    func reads(_ text: String, milliseconds: Int64) throws {
        #expect(try PrometheusDuration.parse(text) == .milliseconds(milliseconds))
    }

    @Test(
        "What is no duration says why",
        arguments: [
            ("", .empty), ("30", .unitMissing(number: "30")), ("1m30", .lastUnitMissing), ("-5s", .negative),
            ("1.5h", .fraction), ("1,5h", .fraction), ("5min", .unknownUnit("min")), ("5 s", .unknownUnit(" s")),
            (" 5s", .notANumber), ("s", .notANumber), ("1s1m", .wrongOrder), ("1s1s", .wrongOrder),
            ("1ms1s", .wrongOrder),
            ("5S", .unknownUnit("S")), ("1h30m ", .unknownUnit("m ")), ("٣s", .notANumber),
            ("99999999999999999999s", .tooLong), ("9223372036854775807y", .tooLong), ("293y", .tooLong),
            ("106751d23h47m16s855ms", .tooLong), ("00", .unitMissing(number: "00")),
        ] as [(String, PrometheusDurationError)]
    )
    func refuses(_ text: String, error: PrometheusDurationError) {
        #expect(throws: error) { try PrometheusDuration.parse(text) }
    }

    @Test(
        "Durations are written as Prometheus writes them",
        arguments: [
            (.zero, "0s"), (.milliseconds(1), "1ms"), (.milliseconds(1500), "1s500ms"), (.seconds(60), "1m"),
            (.seconds(90), "1m30s"), (.seconds(900), "15m"), (.seconds(3600), "1h"), (.seconds(86_400), "1d"),
            (.seconds(604_800), "1w"), (.seconds(691_200), "8d"), (.seconds(31_536_000), "1y"),
            (.seconds(31_536_001), "365d1s"), (.seconds(-90), "-1m30s"), (.microseconds(1999), "1ms"),
            (.microseconds(999), "0s"),
        ] as [(Duration, String)]
    )
    func writes(_ duration: Duration, text: String) {
        #expect(duration.prometheusText == text)
    }

    @Test("Writing and reading gives the same duration, to the millisecond")
    func roundTrip() throws {
        var random = SplitMix64(seed: 7)
        for _ in 0..<5000 {
            let bits = random.next() % 63
            let milliseconds = Int64(random.next() >> 1) % min(Int64(1) << bits, 9_223_372_036_854)
            let duration = Duration.milliseconds(milliseconds)
            #expect(try PrometheusDuration.parse(duration.prometheusText) == duration)
        }
    }

    @Test("The longest durations of Swift are written without a trap")
    func extremes() {
        #expect(Duration.seconds(Int64.max).prometheusText == "9223372036854775807s")
        #expect(Duration.seconds(Int64.min).prometheusText == "-9223372036854775808s")
    }
}
