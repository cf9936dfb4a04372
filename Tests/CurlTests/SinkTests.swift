import Curl
import Foundation
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SinkTests {
    private struct Full: Error, Equatable {}

    /// What a sink got.
    private final class ReceivedBody: Sendable {
        let bytes: Mutex<[UInt8]> = Mutex([])
        let parts: Mutex<Int> = Mutex(0)

        func take(_ part: UnsafeRawBufferPointer) {
            bytes.withLock { $0.append(contentsOf: part) }
            parts.withLock { $0 += 1 }
        }
    }

    @Test("A sink gets the body of a success part by part, and the response has none")
    func success() async throws {
        let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        try await TestOrigin.run(answer: { _ in .respond(status: 200, headers: [], body: body) }) { origin in
            try await CurlClient.run { client in
                let received = ReceivedBody()
                let response = try await client.perform(
                    CurlRequest(
                        url: origin.url(),
                        timeout: .seconds(3600),
                        maxResponseBytes: body.count,
                        sink: { received.take($0) }
                    )
                )
                #expect(response.body.isEmpty)
                #expect(received.bytes.withLock { $0 } == body)
                #expect(received.parts.withLock { $0 } > 1)
                // The next request of the same handle has its body again.
                let plain = try await client.perform(
                    CurlRequest(url: origin.url(), timeout: .seconds(3600), maxResponseBytes: body.count)
                )
                #expect(plain.body == body)
            }
        }
    }

    @Test("The body of an error stays in the response")
    func failure() async throws {
        let reply = OriginReply.respond(status: 403, headers: [], body: Array("no".utf8))
        try await TestOrigin.run(answer: { _ in reply }) { origin in
            try await CurlClient.run { client in
                let received = ReceivedBody()
                let response = try await client.perform(
                    CurlRequest(url: origin.url(), timeout: .seconds(3600), sink: { received.take($0) })
                )
                #expect(response.status == 403)
                #expect(response.body == Array("no".utf8))
                #expect(received.bytes.withLock { $0 }.isEmpty)
            }
        }
    }

    @Test("What a sink throws ends the transfer and reaches the caller, and the limit holds for it, too")
    func ends() async throws {
        try await TestOrigin.run(answer: { _ in .endless(chunk: [UInt8](repeating: 0, count: 65_536)) }) { origin in
            try await CurlClient.run { client in
                await #expect(throws: Full()) {
                    try await client.perform(
                        CurlRequest(
                            url: origin.url(),
                            timeout: .seconds(3600),
                            maxResponseBytes: .max,
                            sink: { _ in throw Full() }
                        )
                    )
                }
                let error = try await client.failure(
                    of: CurlRequest(
                        url: origin.url(),
                        timeout: .seconds(3600),
                        maxResponseBytes: 1 << 20,
                        sink: { _ in }
                    )
                )
                #expect(error?.reason == .tooLarge)
            }
        }
    }

    @Test("A body that breaks off is an error, whatever the sink has got")
    func truncated() async throws {
        let half = [UInt8](repeating: 0x61, count: 1000)
        try await TestOrigin.run(answer: { _ in .truncate(declared: 2000, body: half) }) { origin in
            try await CurlClient.run { client in
                let received = ReceivedBody()
                let error = try await client.failure(
                    of: CurlRequest(url: origin.url(), timeout: .seconds(3600), sink: { received.take($0) })
                )
                #expect(error?.reason == .connect)
                #expect(received.bytes.withLock { $0 } == half)
            }
        }
    }
}
