import Testing

@testable import Curl

struct RetryAfterTests {
    /// 1994-11-06T08:49:37Z, the date of RFC 9110's examples.
    private static let example: Int64 = 784_111_777

    private func retryAfter(_ value: String?, now: Int64 = RetryAfterTests.example) -> Duration? {
        let headers = value.map { [(name: "retry-after", value: $0)] } ?? []
        let response = CurlResponse(status: 429, headers: headers, body: [], timings: .init(), newConnections: 0)
        return response.retryAfter(now: now)
    }

    @Test("Seconds are taken as they are, up to a day", arguments: [("0", 0), ("17", 17), ("0086400", 86400)])
    func seconds(value: String, expected: Int) {
        #expect(retryAfter(value) == .seconds(expected))
    }

    @Test(
        "More than a day is a day",
        arguments: ["86401", "9223372036854775807", "99999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"]
    )
    func absurd(value: String) {
        #expect(retryAfter(value) == .seconds(86400))
    }

    @Test(
        "A date counts from now, in each of HTTP's three forms",
        arguments: ["Sun, 06 Nov 1994 08:50:37 GMT", "Sunday, 06-Nov-94 08:50:37 GMT", "Sun Nov  6 08:50:37 1994"]
    )
    func dates(value: String) {
        #expect(retryAfter(value) == .seconds(60))
        #expect(retryAfter(value, now: Self.example + 120) == .zero)
        #expect(retryAfter(value, now: .max) == .zero)
        #expect(retryAfter(value, now: .min) == .seconds(86400))
    }

    @Test(
        "What is neither says nothing",
        arguments: [
            nil, "", "-1", "+1", "1.5", "1e3", "soon", "Sun, 06 Foo 1994 08:50:37 GMT",
            "Sun, 00 Nov 1994 08:50:37 GMT", "Sun, 32 Nov 1994 08:50:37 GMT", "Sun, 06 Nov 1994 24:50:37 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 994 08:50:37 GMT",
            "٣",
        ]
    )
    func nonsense(value: String?) {
        #expect(retryAfter(value) == nil)
    }

    @Test(
        "The calendar's odd days are right",
        arguments: [
            ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400), ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ]
    )
    func calendar(value: String, time: Int64) {
        #expect(retryAfter(value, now: time - 60) == .seconds(60))
    }

    @Test("A date is held against the server's own clock where the response tells it")
    func serverClock() {
        let response = CurlResponse(
            status: 429,
            headers: [
                ("date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT"),
            ],
            body: [],
            timings: TransferTimings(),
            newConnections: 0
        )
        #expect(response.retryAfter(now: 0) == .seconds(30))
        #expect(response.retryAfter(now: .max) == .seconds(30))
    }
}
