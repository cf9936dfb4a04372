import Testing

@testable import Web

struct ListenAddressTests {
    @Test(
        "addresses are read as Prometheus writes them",
        arguments: [
            (":10573", "", 10573), ("127.0.0.1:0", "127.0.0.1", 0), ("[::1]:80", "::1", 80),
            ("name:65535", "name", 65535),
        ]
    )
    func good(text: String, host: String, port: Int) {
        #expect(ListenAddress(text) == ListenAddress(host: host, port: port))
        #expect(ListenAddress(text)?.description == text)
    }

    @Test("a Unix socket is one with a path from the root, as long as the kernel takes")
    func unixSocket() {
        let address = ListenAddress("unix:/run/koreai.sock")
        #expect(address?.socketPath == "/run/koreai.sock")
        #expect(address?.description == "unix:/run/koreai.sock")
        #expect(address?.url == "unix:/run/koreai.sock")
        #expect(ListenAddress("unix:run/koreai.sock") == nil)
        #expect(ListenAddress("unix:/" + String(repeating: "a", count: 106))?.socketPath?.count == 107)
        #expect(ListenAddress("unix:/" + String(repeating: "a", count: 107)) == nil)
    }

    @Test(
        "anything else is refused",
        arguments: ["", "10573", ":", "host:", ":65536", ":-1", ":+80", "::1:80", "[::1]", "[::1:80", "a]:80", ":８０"]
    )
    func bad(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(
        "the URL is one that a browser on this machine can open",
        arguments: [(":1", "http://localhost:1"), ("[::]:1", "http://localhost:1"), ("[::1]:2", "http://[::1]:2")]
    )
    func url(text: String, url: String) {
        #expect(ListenAddress(text)?.url == url)
    }
}
