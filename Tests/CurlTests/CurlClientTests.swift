import Curl
import Foundation
import Testing

@Suite(.timeLimit(.minutes(5)))
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
                #expect(response.timings.firstByte >= response.timings.connect)
                #expect(response.timings.total >= response.timings.firstByte)
                let request = try #require(origin.log.record.requests.first)
                #expect(request.method == "GET")
                #expect(request.target == "/path?query=1")
                #expect(request.httpVersion == "1.1")
                #expect(request.values(of: "user-agent") == ["koreai-exporter"])
            }
        }
    }

    @Test("Headers are sent as given, in their order, empty ones too")
    func headers() async throws {
        try await TestOrigin.run { origin in
            try await CurlClient.run { client in
                let headers = [
                    ("auth", "a.b.c"), ("x-empty", ""), ("bot-language", "en"), ("x-again", "1"), ("x-again", "2"),
                ]
                var request = CurlRequest(url: origin.url(), headers: headers.map { (name: $0.0, value: $0.1) })
                _ = try await client.perform(request)
                request.headers = [(name: "auth", value: String(repeating: "long", count: 2000))]
                _ = try await client.perform(request)
                request.headers = []
                _ = try await client.perform(request)
                let received = origin.log.record.requests
                let names = Set(headers.map(\.0))
                #expect(received[0].headers.filter { names.contains($0.name) }.map(\.name) == headers.map(\.0))
                #expect(received[0].headers.filter { names.contains($0.name) }.map(\.value) == headers.map(\.1))
                #expect(received[1].values(of: "auth") == [String(repeating: "long", count: 2000)])
                #expect(received[1].values(of: "x-again") == [])
                #expect(received[2].values(of: "auth") == [])
            }
        }
    }

    @Test("A POST has its body and length, and nothing that was not asked for")
    func post() async throws {
        try await TestOrigin.run { origin in
            try await CurlClient.run { client in
                let body = Array(#"{"language":"en"}"#.utf8)
                let json = [(name: "Content-Type", value: "application/json")]
                _ = try await client.perform(CurlRequest(method: .post, url: origin.url(), headers: json, body: body))
                _ = try await client.perform(CurlRequest(method: .post, url: origin.url()))
                _ = try await client.perform(
                    CurlRequest(method: .post, url: origin.url(), body: [UInt8](repeating: 0, count: 2_000_000))
                )
                _ = try await client.perform(CurlRequest(url: origin.url(), body: [0x61]))
                _ = try await client.perform(CurlRequest(url: origin.url()))
                let received = origin.log.record.requests
                #expect(received.map(\.method) == ["POST", "POST", "POST", "GET", "GET"])
                #expect(received.map(\.body.count) == [body.count, 0, 2_000_000, 1, 0])
                #expect(received[0].body == body)
                #expect(received[0].values(of: "content-type") == ["application/json"])
                #expect(received[0].values(of: "content-length") == [String(body.count)])
                #expect(received[1].values(of: "content-length") == ["0"])
                #expect(received[1].values(of: "content-type") == [])
                #expect(received[2].values(of: "expect") == [])
                #expect(received[4].values(of: "content-length") == [])
            }
        }
    }

    @Test("A redirect is a response like others, and is not followed")
    func redirect() async throws {
        try await TestOrigin.run { target in
            let location = target.url("/stolen")
            try await TestOrigin.run(answer: { _ in
                .respond(status: 302, headers: [("location", location)], body: [])
            }) { origin in
                try await CurlClient.run { client in
                    let response = try await client.perform(
                        CurlRequest(url: origin.url(), headers: [(name: "auth", value: "hush")])
                    )
                    #expect(response.status == 302)
                    #expect(response.header("location") == location)
                    #expect(target.log.record.opened == 0)
                }
            }
        }
    }

    @Test(
        "A compressed body is decompressed",
        arguments: [
            ("gzip", "H4sIAAAAAAACA8tIzcnJ11HIQKHSqzILAFnvlqwZAAAA", "hello, hello, hello, gzip"),
            ("br", "GxoA+I2Ubt5ECVKG1mwsaW/TEEnkqQRcOsdDi2Y=", "hello, hello, hello, brotli"),
            ("zstd", "KLUv/SAZjQAAWGhlbGxvLCB6c3RkAQCSixE=", "hello, hello, hello, zstd"),
        ]
    )
    func compressed(encoding: String, base64: String, text: String) async throws {
        let bytes = Array(try #require(Data(base64Encoded: base64)))
        try await TestOrigin.run(answer: { request in
            let accepted = request.values(of: "accept-encoding").joined()
            guard accepted.contains(encoding) else { return .ok("not accepted: \(accepted)") }
            return .respond(status: 200, headers: [("content-encoding", encoding)], body: bytes)
        }) { origin in
            try await CurlClient.run { client in
                let response = try await client.perform(CurlRequest(url: origin.url()))
                #expect(String(decoding: response.body, as: UTF8.self) == text)
            }
        }
    }

    @Test("An interim response is passed over")
    func interim() async throws {
        let bytes =
            "HTTP/1.1 103 Early Hints\r\nx-early: 1\r\n\r\nHTTP/1.1 200 OK\r\nx-late: 1\r\ncontent-length: 2\r\n\r\nok"
        try await TestOrigin.run(answer: { _ in .raw(Array(bytes.utf8)) }) { origin in
            try await CurlClient.run { client in
                let response = try await client.perform(CurlRequest(url: origin.url()))
                #expect(response.status == 200)
                #expect(response.header("x-early") == nil)
                #expect(response.header("x-late") == "1")
                #expect(response.body == Array("ok".utf8))
            }
        }
    }

    @Test("What must not be sent never reaches the server")
    func refused() async throws {
        try await TestOrigin.run { origin in
            try await CurlClient.run { client in
                let request = CurlRequest(url: origin.url(), headers: [(name: "auth", value: "a\r\nx-evil: 1")])
                let error = try await client.failure(of: request)
                #expect(error?.reason == .other)
                #expect(error?.curlCode == 0)
                #expect(error?.message.hasPrefix("127.0.0.1:\(origin.port): ") == true)
                let noURL = try await client.failure(of: CurlRequest(url: "file:///etc/passwd"))
                #expect(noURL?.reason == .other)
                #expect(origin.log.record.opened == 0)
            }
        }
    }

    @Test("libcurl's version is told")
    func version() {
        #expect(CurlClient.libcurlVersion.split(separator: ".").count >= 3)
        #expect(CurlClient.libcurlVersion.first?.isNumber == true)
    }
}
