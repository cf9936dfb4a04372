import Testing

@testable import Simulator

struct SimulatorTimeTests {
    @Test(
        "A time is written as the platform writes it",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_561_618_155_726, "2019-06-27T06:49:15.726Z"),
            (951_826_259_009, "2000-02-29T12:10:59.009Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (Int64.max, "9999-12-31T23:59:59.999Z"),
            (Int64.min, "0000-01-01T00:00:00.000Z"),
        ] as [(Int64, String)]
    )
    func isWrittenAsThePlatformDoes(milliseconds: Int64, text: String) {
        #expect(SimulatorTime(milliseconds: milliseconds).description == text)
    }

    @Test(
        "Whole seconds are never later",
        arguments: [(1_690_377_304_983, 1_690_377_304_000), (5000, 5000), (-1, -1000)] as [(Int64, Int64)]
    )
    func cutsToWholeSeconds(milliseconds: Int64, cut: Int64) {
        #expect(SimulatorTime(milliseconds: milliseconds).wholeSeconds.milliseconds == cut)
    }

    @Test("Arithmetic with the longest durations stays within the calendar")
    func saturates() {
        let end = SimulatorTime(milliseconds: .max) + .seconds(Int64.max)
        #expect(end == SimulatorTime(milliseconds: .max))
        #expect(SimulatorTime(milliseconds: .min) - .seconds(Int64.max) == SimulatorTime(milliseconds: .min))
    }

    @Test(
        "Scenario time is divided by the speed",
        arguments: [
            (Duration.seconds(60), 60, Duration.seconds(1)), (.seconds(1), 0.5, .seconds(2)),
            (.milliseconds(10), 1000, .zero),
        ] as [(Duration, Double, Duration)]
    )
    func dividesBySpeed(scenario: Duration, speed: Double, real: Duration) {
        #expect(scenario.divided(bySpeed: speed) == real)
    }

    @Test(
        "No speed makes a duration overflow",
        arguments: [0, -1, .nan, .infinity, .leastNonzeroMagnitude] as [Double]
    )
    func survivesAnySpeed(speed: Double) {
        #expect(Duration.seconds(Int64.max).divided(bySpeed: speed) > .seconds(86_400))
    }

    @Test("A manual clock moves only when told, and never back")
    func manualClockStandsStill() {
        let clock = ManualClock(start: SimulatorTime(milliseconds: 1000))
        #expect(clock.now.milliseconds == 1000)
        clock.advance(by: .milliseconds(500))
        clock.advance(by: .seconds(-100))
        #expect(SimulatorClock.manual(clock).now.milliseconds == 1500)
    }
}
