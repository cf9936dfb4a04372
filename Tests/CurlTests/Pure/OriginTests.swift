import Testing

@testable import Curl

struct OriginTests {
    @Test(
        "A URL leads to a host and a port",
        arguments: [
            ("https://platform.kore.ai/api?x=1", "platform.kore.ai:443"),
            ("HTTP://Platform.Kore.AI", "platform.kore.ai:80"),
            ("http://127.0.0.1:8080", "127.0.0.1:8080"),
            ("http://localhost:#fragment", "localhost:80"),
            ("https://[::1]:8443/", "[::1]:8443"),
            ("https://[::1]", "[::1]:443"),
            ("https://user:pass@host.example:1/", "host.example:1"),
            ("https://user:p@ss@host.example/?q=@", "host.example:443"),
        ]
    )
    func reads(url: String, description: String) {
        #expect(Origin(url: url)?.description == description)
    }

    @Test(
        "What is not an absolute http or https URL leads nowhere",
        arguments: [
            "", "platform.kore.ai", "/path", "ftp://host/", "file:///etc/passwd", "http:/host", "http//host", "http://",
            "http:///path", "http://host:port/", "http://host:65536/", "http://host:-1", "http://[::1", "http://[::1]x",
            "http://host name/", "http://host/\r\nX: y", "http://user:pass/word@host/", "://host", "http://ho\\st/",
            "http://host:99999999999999999999/",
        ]
    )
    func refuses(url: String) {
        #expect(Origin(url: url) == nil)
    }

    @Test("Origins differ by scheme and port, not by path and letter case")
    func equality() {
        #expect(Origin(url: "http://host/a") == Origin(url: "HTTP://HOST:80/b"))
        #expect(Origin(url: "http://host:443/") != Origin(url: "https://host/"))
    }
}
