import Testing

@testable import Curl

struct CurlRequestFaultTests {
    @Test(
        "A header that could forge another one is refused, and its value is not repeated",
        arguments: [
            ("auth", "hush\r\nX-Evil: 1"), ("auth", "hush\n"), ("auth", "hush\0"), ("auth", "hush\u{7F}"),
            ("auth:", "hush"), ("au th", "hush"), ("auth\r\nX", "hush"), ("", "hush"), ("äuth", "hush"),
            ("Content-Length", "0hush"), ("transfer-encoding", "hush"),
        ]
    )
    func refuses(name: String, value: String) throws {
        let fault = try #require(CurlRequest(url: "http://host/", headers: [(name: name, value: value)]).fault)
        #expect(!fault.contains("hush"))
        #expect(fault.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    }

    @Test(
        "Tokens as names and text as values pass",
        arguments: [("auth", "a.b-c_d="), ("X-!#$%&'*+.^_`|~9", "a\tb"), ("empty", ""), ("name", "Größe")]
    )
    func accepts(name: String, value: String) {
        #expect(CurlRequest(url: "http://host/", headers: [(name: name, value: value)]).fault == nil)
    }
}
