import Testing

@testable import KoreAI

struct RetryAfterTests {
    /// Sun, 06 Nov 1994 08:49:37 GMT
    static let sent = Timestamp(milliseconds: 784_111_777_000)

    @Test(
        "Seconds and dates, up to a day",
        arguments: [
            ("0", Duration.zero), ("30", .seconds(30)), (" 120 ", .seconds(120)), ("1.5", .milliseconds(1500)),
            ("86401", .seconds(86_400)), ("99999999999999999999", .seconds(86_400)),
            ("Sun, 06 Nov 1994 08:50:00 GMT", .seconds(23)), ("Sun, 06 Nov 1994 08:00:00 GMT", .zero),
            ("Mon, 06 Nov 2034 08:49:37 GMT", .seconds(86_400)),
        ]
    )
    func understood(value: String, expected: Duration) {
        #expect(RetryAfter.duration(value, sentAt: Self.sent) == expected)
    }

    @Test("Anything else", arguments: ["", "soon", "-1", "1e999", "nan", "30s", "1994-11-06T08:50:00Z"])
    func refused(value: String) {
        #expect(RetryAfter.duration(value, sentAt: Self.sent) == nil)
    }
}
