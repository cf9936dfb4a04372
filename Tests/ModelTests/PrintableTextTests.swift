import Testing

@testable import Model

struct PrintableTextTests {
    @Test(
        "A text becomes one line of printable characters",
        arguments: [
            ("plain", "plain"), ("  a\r\n\tb  ", "a b"), ("a\u{0}b", "a b"), ("\u{1B}[31mred", "[31mred"),
            ("a\u{202E}b\u{200B}c", "abc"), ("größe 大 😀", "größe 大 😀"), ("\u{E000}x", "x"), ("", ""),
        ]
    )
    func printable(text: String, expected: String) {
        #expect(PrintableText.of(text, limit: 64) == expected)
    }

    @Test(
        "What looks like a token or a secret is not told",
        arguments: [
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc", "eyJhbGciOiJIUzI1NiJ9", "Zm9vYmFyYmF6cXV1eGNvcmdl12==",
            "0123456789abcdef0123456789abcdef", "AKIA0123456789ABCDEF0123456789ABCDEF",
            "/path?x/eyJhbGciOiJIUzI1NiJ9",
        ]
    )
    func secrets(text: String) {
        #expect(PrintableText.of("see \(text)!", limit: 200).contains("<redacted>"))
        #expect(!PrintableText.of("see \(text)!", limit: 200).contains(text.suffix(8)))
    }

    @Test(
        "Ids, statuses and times are told",
        arguments: [
            "st-22184e1f-e116-5ed4-8741-7aec3be466d7", "TRAINING_FAILED_IN_STAGE_2_RETRYING",
            "isMlInSyncWithBTUtterances",
            "2019-06-27T12:07:30.898Z", "5dxxxxxxxxxxxxxxxxxxxxxx",
        ]
    )
    func harmless(text: String) {
        #expect(PrintableText.of(text, limit: 64) == text)
    }

    @Test("What is longer than the limit ends in an ellipsis, and a secret is told before it is cut")
    func limit() {
        #expect(PrintableText.of("abcdef", limit: 6) == "abcdef")
        #expect(PrintableText.of("abcdefg", limit: 6) == "abcde…")
        let text = String(repeating: "x ", count: 28) + "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc"
        #expect(PrintableText.of(text, limit: 64) == String(repeating: "x ", count: 28) + "<redact…")
        #expect(PrintableText.of("x", limit: 0) == "…")
    }

    @Test("Bytes that are no UTF-8 are told as such")
    func bytes() {
        #expect(PrintableText.of([0x41, 0xFF, 0x42], limit: 64) == "A\u{FFFD}B")
        #expect(PrintableText.of(Array(repeating: 0x41, count: 5_000_000), limit: 3) == "AA…")
    }
}
