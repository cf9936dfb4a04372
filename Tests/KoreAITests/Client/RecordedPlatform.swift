import Curl
import Synchronization

@testable import KoreAI

/// A platform that keeps what it was asked and answers by script, without a socket.
final class RecordedPlatform: Sendable {
    private let requests = Mutex<[CurlRequest]>([])
    private let answer: @Sendable (Int) throws -> CurlResponse

    /// - Parameter answer: Given the number of the request, from 0.
    init(answer: @escaping @Sendable (Int) throws -> CurlResponse) {
        self.answer = answer
    }

    /// Always answers the same.
    convenience init(status: Int = 200, headers: [(String, String)] = [], _ body: String) {
        self.init { _ in .text(body, status: status, headers: headers) }
    }

    var client: KoreAIClient {
        KoreAIClient(maxResponseBytes: 1000) { request in
            let number = self.requests.withLock { requests in
                requests.append(request)
                return requests.count - 1
            }
            return try self.answer(number)
        }
    }

    var asked: [CurlRequest] { requests.withLock { $0 } }
}

extension CurlResponse {
    static func text(_ body: String, status: Int = 200, headers: [(String, String)] = []) -> CurlResponse {
        CurlResponse(
            status: status,
            headers: headers.map { (name: $0.0, value: $0.1) },
            body: Array(body.utf8),
            timings: TransferTimings(),
            newConnections: 0
        )
    }
}
