import Curl
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CurlClientTests {
    @Test("A response arrives with status, headers in lower case, body and timings")
    func response() async throws {
        try await TestOrigin.run(answer: { _ in
            .respond(status: 404, headers: [("X-One", "1"), ("x-one", " two ")], body: Array("gone".utf8))
        }) { origin in
            try await CurlClient.run { client in
                let response = try await client.perform(CurlRequest(url: origin.url("/path?query=1")))
                #expect(response.status == 404)
                #expect(response.headers.filter { $0.name == "x-one" }.map(\.value) == ["1", "two"])
                #expect(response.header("X-ONE") == "1")
                #expect(response.body == Array("gone".utf8))
                #expect(response.newConnections == 1)
                #expect(response.timings.connect > .zero)
                #expect(response.timings.tls == .zero)
                #expect(response.timings.firstByte > .zero)
                #expect(response.timings.total >= response.timings.firstByte)
                let request = try #require(origin.log.record.requests.first)
                #expect(request.method == "GET")
                #expect(request.target == "/path?query=1")
                #expect(request.httpVersion == "1.1")
                #expect(request.values(of: "user-agent") == ["koreai-exporter"])
            }
        }
    }
}
