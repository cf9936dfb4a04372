import Curl
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ProxyTests {
    @Test("http goes through the proxy, which is asked for the whole URL")
    func plain() async throws {
        try await TestOrigin.run(answer: { .ok($0.target) }) { proxy in
            let configuration = CurlConfiguration(proxyURL: "http://user:pass@127.0.0.1:\(proxy.port)")
            try await CurlClient.run(configuration) { client in
                let response = try await client.perform(CurlRequest(url: "http://host.invalid:81/path?query"))
                #expect(String(decoding: response.body, as: UTF8.self) == "http://host.invalid:81/path?query")
                // base64 of user:pass
                let request = try #require(proxy.log.record.requests.first)
                #expect(request.values(of: "proxy-authorization") == ["Basic dXNlcjpwYXNz"])
            }
        }
    }

    @Test("https goes through a tunnel, and the proxy sees no header of the request")
    func tunnel() async throws {
        let certificates = try TestCertificates()
        defer { certificates.remove() }
        let tls = try certificates.server(certificates.issue())
        try await TestOrigin.run(tls: tls) { origin in
            try await TunnelProxy.run { proxy in
                let configuration = CurlConfiguration(
                    caFile: certificates.caFile,
                    proxyURL: "http://127.0.0.1:\(proxy.port)"
                )
                try await CurlClient.run(configuration) { client in
                    let request = CurlRequest(url: origin.url("/path"), headers: [(name: "auth", value: "hush")])
                    let response = try await client.perform(request)
                    #expect(response.status == 200)
                    #expect(response.header("x-proxy") == nil)
                    let connect = try #require(proxy.log.record.requests.first)
                    #expect(connect.method == "CONNECT")
                    #expect(connect.target == "127.0.0.1:\(origin.port)")
                    #expect(connect.values(of: "auth") == [])
                    #expect(origin.log.record.requests.first?.values(of: "auth") == ["hush"])
                    let again = try await client.perform(request)
                    #expect(again.newConnections == 0)
                }
            }
        }
    }

    @Test(
        "A proxy that refuses the tunnel is reason connect, with its status",
        arguments: ["403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"]
    )
    func refusal(status: String) async throws {
        try await TunnelProxy.run(refusal: status) { proxy in
            let configuration = CurlConfiguration(proxyURL: "http://user:hush@127.0.0.1:\(proxy.port)")
            try await CurlClient.run(configuration) { client in
                let error = try #require(try await client.failure(of: CurlRequest(url: "https://host.invalid/")))
                #expect(error.reason == .connect)
                #expect(error.message.hasPrefix("host.invalid:443 by proxy 127.0.0.1:\(proxy.port): "))
                #expect(error.message.contains("status \(status.prefix(3))"))
                #expect(!error.message.contains("hush"))
            }
        }
    }

    @Test(
        "A proxy that asks for a password is told apart from one that refuses the password it got",
        arguments: [("", "give user and password"), ("user:hush@", "the proxy does not take them")]
    )
    func passwordRefused(userInfo: String, advice: String) async throws {
        try await TunnelProxy.run(refusal: "407 Proxy Authentication Required") { proxy in
            let configuration = CurlConfiguration(proxyURL: "http://\(userInfo)127.0.0.1:\(proxy.port)")
            try await CurlClient.run(configuration) { client in
                let error = try #require(try await client.failure(of: CurlRequest(url: "https://host.invalid/")))
                #expect(error.message.contains(advice))
            }
        }
    }
}
