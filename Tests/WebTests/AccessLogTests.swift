import Logging
import TestSupport
import Testing

@testable import Web

struct AccessLogTests {
    @Test("each request has a line at debug, without its query, and none at info")
    func lines() async throws {
        let lines = LogLines()
        try await RunningWeb.with(logger: lines.logger(level: .debug)) { web in
            _ = try await web.get("/-/healthy?token=hidden")
            _ = try await web.get("/nowhere")
        }
        let requests = lines.take().filter { $0.contains(" request ") }
        #expect(requests.count == 2)
        #expect(requests.allSatisfy { $0.hasPrefix("debug request duration=") && $0.contains("remote=127.0.0.1:") })
        #expect(requests.contains { $0.contains("method=GET path=/-/healthy ") && $0.hasSuffix("status=200") })
        #expect(requests.contains { $0.contains("method=GET path=/nowhere ") && $0.hasSuffix("status=404") })
        try await RunningWeb.with(logger: lines.logger()) { web in
            _ = try await web.get("/-/healthy")
        }
        #expect(!lines.take().contains { $0.contains("request") })
    }
}
