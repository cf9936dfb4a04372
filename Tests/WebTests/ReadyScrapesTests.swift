import Exposition
import HTTPTypes
import Logging
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import Web

struct ReadyScrapesTests {
    private func head(_ request: HTTPRequest, _ scrapes: ReadyScrapes) -> HTTPResponse? {
        scrapes.answer(to: request, on: EmbeddedChannel())?.head
    }

    @Test("a scrape whose pages are prepared is answered as it is by the router")
    func prepared() async throws {
        let scrapes = try await ReadyScrapes.prepared()
        let answer = try #require(scrapes.answer(to: .scrape(), on: EmbeddedChannel()))
        let sent = answer.blocks.map { String(buffer: $0) }.joined()
        #expect(sent.contains("test_value 1\n"))
        #expect(answer.head.status == .ok)
        #expect(answer.head.headerFields[.contentLength] == "\(sent.utf8.count)")
        #expect(answer.head.headerFields[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(answer.head.headerFields[.vary] == "Accept, Accept-Encoding")
        #expect(answer.head.headerFields[.date]?.hasSuffix(" GMT") == true)
        let head = try #require(scrapes.answer(to: .scrape(method: .head), on: EmbeddedChannel()))
        #expect(head.blocks.isEmpty)
        #expect(head.head.headerFields[.contentLength] == answer.head.headerFields[.contentLength])
    }

    @Test(
        "what is not such a scrape is left to the router",
        arguments: [
            HTTPRequest.scrape(path: "/metrics?name[]=test_value"), .scrape(path: "/"), .scrape(path: "/metrics/"),
            .scrape(method: .post), .scrape([.connection: "close"]), .scrape([.acceptEncoding: "gzip"]),
            .scrape([.accept: "application/openmetrics-text; version=1.0.0"]),
        ]
    )
    func others(request: HTTPRequest) async throws {
        let scrapes = try await ReadyScrapes.prepared()
        #expect(head(request, scrapes) == nil)
        #expect(head(.scrape(), scrapes) != nil)
    }

    @Test(
        "a scrape is left to the router where a password is asked for, requests are limited or logged, or no place is free"
    )
    func obstacles() async throws {
        let user = "basic_auth_users:\n  alice: \(ProtectionTests.hash)\n"
        for file in [user, "rate_limit: {interval: 1s, burst: 1}\n"] {
            #expect(head(.scrape(), try await .prepared(webConfiguration: file)) == nil)
        }
        #expect(head(.scrape(), try await .prepared(logger: LogLines().logger(level: .debug))) == nil)
        let excluded =
            user + "auth_excluded_paths: [/metrics]\nhttp_server_config: {headers: {X-Frame-Options: deny}}\n"
        let open = try await ReadyScrapes.prepared(webConfiguration: excluded)
        #expect(head(.scrape(), open)?.headerFields[HTTPField.Name("X-Frame-Options") ?? .accept] == "deny")
        let limited = try await ReadyScrapes.prepared(maxRequests: 1)
        let first = limited.answer(to: .scrape(), on: EmbeddedChannel())
        #expect(first != nil)
        #expect(head(.scrape(), limited) == nil)
        withExtendedLifetime(first) {}
    }
}
