import Testing

@testable import Curl

struct DurationMillisecondsTests {
    @Test(
        "A duration is rounded up to milliseconds and cut to the range",
        arguments: [
            (Duration.zero, 1), (.nanoseconds(1), 1), (.microseconds(1001), 2), (.milliseconds(250), 250),
            (.seconds(1), 1000), (.seconds(-5), 1), (.microseconds(-1500), 1), (.seconds(Int64.max), 5000),
            (.seconds(Int64.min), 1), (.seconds(1 << 40), 5000),
        ]
    )
    func milliseconds(duration: Duration, expected: Int) {
        #expect(duration.millisecondsRoundedUp(in: 1...5000) == expected)
    }
}
