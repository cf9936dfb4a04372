import Curl

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
