import Curl
import Foundation
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ResponseSizeTests {
    private func outcome(
        limit: Int,
        _ reply: OriginReply
    ) async throws -> (error: CurlError?, record: OriginLog.Record) {
        try await TestOrigin.run(answer: { _ in reply }) { origin in
            try await CurlClient.run { client in
                let error = try await client.failure(
                    of: CurlRequest(url: origin.url(), timeout: .seconds(3600), maxResponseBytes: limit)
                )
                if error != nil { await origin.log.wait { $0.closed == $0.opened } }
                return (error, origin.log.record)
            }
        }
    }

    @Test("A body of the limit passes", arguments: [0, 1, 100_000])
    func fits(limit: Int) async throws {
        let body = [UInt8](repeating: 0x61, count: limit)
        let error = try await outcome(limit: limit, .respond(status: 200, headers: [], body: body)).error
        #expect(error == nil)
    }

    @Test("One byte more is too large, and the connection is closed", arguments: [-1, 0, 1, 100_000])
    func exceeds(limit: Int) async throws {
        let body = [UInt8](repeating: 0x61, count: max(0, limit) + 1)
        let error = try await outcome(limit: limit, .respond(status: 200, headers: [], body: body)).error
        #expect(error?.reason == .tooLarge)
        #expect(error?.message.contains("larger than the \(limit) bytes allowed") == true)
    }

    @Test("A body without end is stopped")
    func endless() async throws {
        let error = try await outcome(limit: 1_048_576, .endless(chunk: [UInt8](repeating: 0, count: 65536))).error
        #expect(error?.reason == .tooLarge)
    }

    @Test("A small body that unpacks to a large one is stopped at the limit")
    func bomb() async throws {
        let bytes = Array(try #require(Data(base64Encoded: gzipBomb)))
        let reply = OriginReply.respond(status: 200, headers: [("content-encoding", "gzip")], body: bytes)
        #expect(bytes.count < 3000)
        let stopped = try await outcome(limit: 65536, reply).error
        #expect(stopped?.reason == .tooLarge)
        let error = try await outcome(limit: 2 << 20, reply).error
        #expect(error == nil)
    }

    @Test("Header lines are limited too, many or one long one", arguments: [(4000, 100), (1, 120_000), (3, 95_000)])
    func heads(lines: Int, length: Int) async throws {
        let line = "x: " + String(repeating: "a", count: length) + "\r\n"
        let head = "HTTP/1.1 200 OK\r\n" + String(repeating: line, count: lines) + "\r\n"
        let error = try await outcome(limit: 1, .raw(Array(head.utf8))).error
        #expect(error?.reason == .tooLarge)
        #expect(error?.message.contains("header lines") == true)
    }

    @Test("Other transfers go on when one is stopped")
    func others() async throws {
        try await TestOrigin.run(answer: { $0.target == "/large" ? .ok("large") : .ok() }) { origin in
            try await CurlClient.run { client in
                async let large = client.failure(
                    of: CurlRequest(url: origin.url("/large"), timeout: .seconds(3600), maxResponseBytes: 2)
                )
                async let small = client.statuses(
                    of: CurlRequest(url: origin.url(), timeout: .seconds(3600), maxResponseBytes: 2),
                    times: 20
                )
                let stopped = try await large
                #expect(stopped?.reason == .tooLarge)
                let statuses = try await small
                #expect(statuses == [200: 20])
            }
        }
    }
}
