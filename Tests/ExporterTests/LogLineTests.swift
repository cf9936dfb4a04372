import Testing

@testable import App
@testable import koreai_exporter

struct LogLineTests {
    @Test(
        "values are quoted where they must be, so that no value can forge a field or a line",
        arguments: [
            ("plain", "plain"), ("", #""""#), ("two words", #""two words""#), ("a=b", #""a=b""#), ("a\"b", #""a\"b""#),
            ("a\nlevel=error", #""a\nlevel=error""#), ("\u{1B}[31m", #""\u001b[31m""#), ("a\u{2028}b", #""a\u2028b""#),
            ("back\\slash", #""back\\slash""#), ("größer", "größer"), ("\u{202E}x", #""\u202ex""#),
        ]
    )
    func logfmt(value: String, written: String) {
        #expect(LogLine(fields: [("msg", value)]).logfmt == "msg=\(written)")
    }

    @Test("the JSON form has the same fields")
    func json() {
        let line = LogLine(fields: [("level", "info"), ("msg", "a \"b\"\n")])
        #expect(line.json == #"{"level":"info","msg":"a \"b\"\n"}"#)
    }
}
