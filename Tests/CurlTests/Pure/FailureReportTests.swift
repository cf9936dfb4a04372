import Testing

@testable import Curl

struct FailureReportTests {
    private func report(
        _ code: Int,
        _ detail: String = "",
        connectStatus: Int = 0,
        proxy: String? = nil,
        timings: TransferTimings = TransferTimings()
    ) throws -> CurlError {
        FailureReport(
            origin: try #require(Origin(url: "https://user:secret@host.example/path?token=secret")),
            proxy: proxy.flatMap { CurlConfiguration(proxyURL: $0).proxy },
            code: code,
            detail: detail,
            connectStatus: connectStatus,
            timings: timings
        ).error
    }

    @Test("A message names host, port and proxy, what to check, and libcurl's words")
    func message() throws {
        let error = try report(7, "Connection refused", proxy: "http://me:secret@proxy.example:3128")
        #expect(error.reason == .connect)
        #expect(error.curlCode == 7)
        #expect(error.message.hasPrefix("host.example:443 by proxy proxy.example:3128: "))
        #expect(error.message.contains("; check the host, the port"))
        #expect(error.message.hasSuffix(" (Connection refused)"))
        #expect(!error.message.contains("secret"))
        #expect(error.description == error.message)
    }

    @Test(
        "Words that may quote a URL or credentials are left out",
        arguments: ["bad http://host/", "user@host", "path?query", ""]
    )
    func quotes(detail: String) throws {
        #expect(!(try report(7, detail).message.contains("(")))
    }

    @Test("Control characters and endless words do not reach a message")
    func sanitised() throws {
        let error = try report(7, "a\r\nb\u{1B}c\u{85}d" + String(repeating: "x", count: 1000))
        #expect(error.message.contains("(a??b?c?dxxx"))
        #expect(error.message.utf8.count < 500)
    }

    @Test("An alert after the handshake is about TLS, not the connection")
    func alert() throws {
        let detail = "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0"
        #expect(try report(56, detail).reason == .tls)
        #expect(try report(56, "Recv failure: Connection reset by peer").reason == .connect)
    }

    @Test("A proxy that refuses is named with its status", arguments: [403, 407, 502])
    func proxy(status: Int) throws {
        let error = try report(56, "CONNECT tunnel failed, response \(status)", connectStatus: status)
        #expect(error.reason == .connect)
        #expect(error.message.contains("status \(status)"))
    }

    @Test("libcurl's own limits on headers count as too large")
    func heads() throws {
        #expect(try report(56, "Too large response headers: 307201 > 307200").reason == .tooLarge)
        #expect(try report(27).reason == .other)
        #expect(try report(27, timings: TransferTimings(firstByte: .milliseconds(1))).reason == .tooLarge)
    }

    @Test("A timeout says what it interrupted and what helps", arguments: TransferPhase.allCases)
    func timeouts(phase: TransferPhase) throws {
        let rule = FailureRule.timeout(.milliseconds(1500), in: phase)
        #expect(rule.reason == .timeout)
        #expect(rule.summary == "the timeout of 1.5 seconds was over \(phase.description)")
        #expect(rule.advice == phase.advice)
    }
}
