import Curl
import NIOSSL
import Testing

@Suite(.timeLimit(.minutes(5)))
final class TLSTests {
    private let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates()
    }

    deinit {
        certificates.remove()
    }

    @Test("A server whose authority is in the CA file is trusted, and its connection is used again")
    func trusted() async throws {
        let tls = try certificates.server(certificates.issue())
        try await TestOrigin.run(tls: tls) { origin in
            try await CurlClient.run(CurlConfiguration(caFile: certificates.caFile)) { client in
                let first = try await client.perform(CurlRequest(url: origin.url()))
                #expect(first.status == 200)
                #expect(first.newConnections == 1)
                #expect(first.timings.tls >= first.timings.connect)
                let second = try await client.perform(CurlRequest(url: origin.url()))
                #expect(second.newConnections == 0)
                #expect(second.timings.tls == .zero)
            }
        }
    }

    @Test("A server of an unknown authority is not trusted")
    func untrusted() async throws {
        let tls = try certificates.server(certificates.issue())
        let error = try await failure(tls: tls, CurlConfiguration())
        #expect(error?.reason == .tls)
        #expect(error?.message.contains("CA file") == true)
    }

    @Test("An expired certificate is refused, and the message says that it has expired")
    func expired() async throws {
        let tls = try certificates.server(certificates.issue(end: -3600))
        let error = try await failure(tls: tls, CurlConfiguration(caFile: certificates.caFile))
        #expect(error?.reason == .tls)
        #expect(error?.message.contains("expired") == true)
    }

    @Test("A certificate for another host is refused")
    func otherHost() async throws {
        let tls = try certificates.server(certificates.issue(host: "elsewhere.example"))
        let error = try await failure(tls: tls, CurlConfiguration(caFile: certificates.caFile))
        #expect(error?.reason == .tls)
    }

    @Test("Any certificate will do where that is asked for")
    func insecure() async throws {
        let tls = try certificates.server(certificates.issue(host: "elsewhere.example", end: -3600))
        let error = try await failure(tls: tls, CurlConfiguration(insecureSkipVerify: true))
        #expect(error == nil)
    }

    @Test(
        "A client certificate opens the door, and without it the reason is tls",
        arguments: [TLSVersion.tlsv12, .tlsv13]
    )
    func clientCertificate(version: TLSVersion) async throws {
        let tls = try certificates.server(
            certificates.issue(),
            asksForCertificate: true,
            maximumVersion: version
        )
        let client = try certificates.issue(host: "client.example")
        var configuration = CurlConfiguration(caFile: certificates.caFile)
        let refused = try await failure(tls: tls, configuration)
        #expect(refused?.reason == .tls)
        #expect(refused?.message.contains("client certificate") == true)
        configuration.clientCertificateFile = client.certificateFile
        configuration.clientKeyFile = client.keyFile
        let error = try await failure(tls: tls, configuration)
        #expect(error == nil)
    }

    @Test("A key that does not belong to the client certificate is refused with reason tls")
    func wrongKey() async throws {
        let tls = try certificates.server(certificates.issue())
        let configuration = CurlConfiguration(
            caFile: certificates.caFile,
            clientCertificateFile: try certificates.issue(host: "client.example").certificateFile,
            clientKeyFile: try certificates.issue(host: "client.example").keyFile
        )
        let error = try await failure(tls: tls, configuration)
        #expect(error?.reason == .tls)
        #expect(error?.message.contains("client certificate cannot be used") == true)
    }

    @Test("https to a port that speaks http fails with reason tls")
    func plainPort() async throws {
        try await TestOrigin.run { origin in
            try await CurlClient.run { client in
                let error = try await client.failure(of: CurlRequest(url: "https://127.0.0.1:\(origin.port)/"))
                #expect(error?.reason == .tls)
            }
        }
    }

    @Test("HTTP/2 is spoken where client and server offer it", arguments: [true, false])
    func http2(isOffered: Bool) async throws {
        let tls = try certificates.server(certificates.issue(), protocols: ["h2", "http/1.1"])
        try await TestOrigin.run(tls: tls, answer: { .ok($0.httpVersion) }) { origin in
            let configuration = CurlConfiguration(caFile: certificates.caFile, http2: isOffered)
            try await CurlClient.run(configuration) { client in
                let response = try await client.perform(CurlRequest(url: origin.url()))
                #expect(String(decoding: response.body, as: UTF8.self) == (isOffered ? "2.0" : "1.1"))
                #expect(response.status == 200)
            }
        }
    }

    @Test("Requests at the same time share one HTTP/2 connection")
    func multiplexed() async throws {
        let tls = try certificates.server(certificates.issue(), protocols: ["h2", "http/1.1"])
        try await TestOrigin.run(tls: tls) { origin in
            try await CurlClient.run(CurlConfiguration(caFile: certificates.caFile, http2: true)) { client in
                let statuses = try await client.statuses(of: CurlRequest(url: origin.url()), times: 100)
                #expect(statuses == [200: 100])
                #expect(origin.log.record.opened == 1)
            }
        }
    }

    @Test("A server without HTTP/2 is asked with HTTP/1.1, within the limits")
    func withoutHTTP2() async throws {
        let tls = try certificates.server(certificates.issue(), protocols: ["http/1.1"])
        try await TestOrigin.run(tls: tls) { origin in
            let configuration = CurlConfiguration(
                caFile: certificates.caFile,
                http2: true,
                maxConnectionsPerHost: 3
            )
            try await CurlClient.run(configuration) { client in
                let statuses = try await client.statuses(of: CurlRequest(url: origin.url()), times: 50)
                #expect(statuses == [200: 50])
                #expect(origin.log.record.mostOpen <= 3)
            }
        }
    }

    private func failure(tls: TLSConfiguration, _ configuration: CurlConfiguration) async throws -> CurlError? {
        try await TestOrigin.run(tls: tls) { origin in
            try await CurlClient.run(configuration) { client in
                try await client.failure(of: CurlRequest(url: origin.url()))
            }
        }
    }
}
