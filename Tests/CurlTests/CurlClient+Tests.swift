import Curl
import Testing

extension CurlClient {
    /// Runs `body` with a client that is shut down afterwards.
    static func run<Result>(
        _ configuration: CurlConfiguration = CurlConfiguration(),
        _ body: (CurlClient) async throws -> Result
    ) async throws -> Result {
        let client = try CurlClient(configuration: configuration)
        do {
            let result = try await body(client)
            await client.shutdown()
            return result
        } catch {
            await client.shutdown()
            throw error
        }
    }

    /// The error that a request ends with; `nil` where it gets a response.
    func failure(of request: CurlRequest) async throws -> CurlError? {
        do {
            _ = try await perform(request)
            return nil
        } catch let error as CurlError {
            return error
        }
    }

    /// The error of a request that times out, with a timeout that is long enough for the transfer to get where `phrase`
    /// says on this machine.
    func timeout(of url: String, in phrase: String) async throws -> (CurlError, Duration) {
        var timeout = Duration.milliseconds(50)
        while timeout < .seconds(100) {
            let error = try #require(try await failure(of: CurlRequest(url: url, timeout: timeout)))
            #expect(error.reason == .timeout)
            #expect(error.message.contains("the timeout of \(timeout) was over"))
            if error.message.contains(phrase) { return (error, timeout) }
            timeout *= 2
        }
        throw CurlError(reason: .timeout, message: "never \(phrase)")
    }

    /// Sends a request many times at once and counts the statuses that come back.
    func statuses(of request: CurlRequest, times: Int) async throws -> [Int: Int] {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<times {
                group.addTask { try await self.perform(request).status }
            }
            return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
    }
}

extension CurlRequest {
    /// A request that does not time out: a test that is not about timeouts must not meet one on a busy machine. Without
    /// `timeout:`, this initializer is preferred to the client's own.
    init(method: Method = .get, url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
        self.init(method: method, url: url, headers: headers, body: body, timeout: .seconds(3600))
    }
}
