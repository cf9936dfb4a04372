import Curl
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FailureTests {
    private func failure(answer: @escaping @Sendable (OriginRequest) -> OriginReply) async throws -> CurlError? {
        try await TestOrigin.run(answer: answer) { origin in
            try await CurlClient.run { client in
                let error = try await client.failure(of: CurlRequest(url: origin.url("/path?token=hush")))
                if let error {
                    #expect(error.message.hasPrefix("127.0.0.1:\(origin.port): "))
                    #expect(!error.message.contains("hush"))
                    #expect(!error.message.contains("path"))
                }
                return error
            }
        }
    }

    @Test("A port where nobody listens is reason connect, and the message keeps credentials and query to itself")
    func refused() async throws {
        // The system gives port 1 to no server: a port that was free a moment ago may be another test's by now.
        let port = 1
        try await CurlClient.run { client in
            let url = "http://user:hush@127.0.0.1:\(port)/path?token=hush"
            let error = try #require(try await client.failure(of: CurlRequest(url: url)))
            #expect(error.reason == .connect)
            #expect(error.curlCode == 7)
            #expect(error.message.hasPrefix("127.0.0.1:\(port): no connection could be made; check"))
            #expect(!error.message.contains("hush"))
            #expect(error.timings.total > .zero)
        }
    }

    @Test("A name that does not exist is reason dns")
    func unresolvable() async throws {
        try await CurlClient.run { client in
            let error = try #require(try await client.failure(of: CurlRequest(url: "http://nowhere.invalid/")))
            #expect(error.reason == .dns)
            #expect(error.message.hasPrefix("nowhere.invalid:80: its name could not be resolved"))
        }
    }

    @Test("A proxy whose name does not exist is reason dns, and its credentials are not told")
    func unresolvableProxy() async throws {
        let configuration = CurlConfiguration(proxyURL: "http://user:hush@proxy.invalid:3128")
        try await CurlClient.run(configuration) { client in
            let error = try #require(try await client.failure(of: CurlRequest(url: "http://host.invalid/")))
            #expect(error.reason == .dns)
            #expect(error.message.contains("by proxy proxy.invalid:3128"))
            #expect(!error.message.contains("hush"))
        }
    }

    @Test("A connection that is closed before the response is reason connect")
    func closed() async throws {
        let error = try await failure { _ in .close }
        #expect(error?.reason == .connect)
        #expect(error?.curlCode == 52)
    }

    @Test("A connection that is reset is reason connect")
    func reset() async throws {
        let error = try await failure { _ in .reset }
        #expect(error?.reason == .connect)
        #expect(error?.curlCode == 56)
    }

    @Test("A response that is cut off is reason connect")
    func truncated() async throws {
        let error = try await failure { _ in .truncate(declared: 1000, body: Array("half".utf8)) }
        #expect(error?.reason == .connect)
        #expect(error?.curlCode == 18)
        #expect(error?.message.contains("in the middle of the response") == true)
        #expect((error?.timings.firstByte ?? .zero) > .zero)
    }

    @Test(
        "An answer that is not HTTP is reason other",
        arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "<html>hello</html>", "HTTP/1.1 okay\r\n\r\n", "\0\u{1}\u{2}\u{3}"]
    )
    func notHTTP(bytes: String) async throws {
        let error = try await failure { _ in .raw(Array(bytes.utf8)) }
        #expect(error?.reason == .other)
    }

    @Test(
        "A body that does not decompress is reason other",
        arguments: ["gzip", "br", "zstd", "deflate, gzip, gzip, gzip, gzip, gzip, gzip"]
    )
    func badEncoding(encoding: String) async throws {
        let error = try await failure { _ in
            .respond(status: 200, headers: [("content-encoding", encoding)], body: Array("not compressed".utf8))
        }
        #expect(error?.reason == .other)
    }
}
