import Logging
import TestSupport
import Testing

@testable import Web

struct LimitTests {
    @Test("a head that is too large is answered with 431, in one field, in all or in the path")
    func largeHead() async throws {
        try await RunningWeb.with { web in
            let fields = (1...90).map { "X-\($0): \(String(repeating: "b", count: 1000))" }
            for request in [
                "GET / HTTP/1.1\r\nHost: a\r\nX-A: \(String(repeating: "a", count: 1 << 20))\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n" + fields.joined(separator: "\r\n") + "\r\n\r\n",
                "GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 1000) + "\r\n",
                "GET /\(String(repeating: "a", count: 1 << 20)) HTTP/1.1\r\nHost: a\r\n\r\n",
            ] {
                do {
                    let answer = try await web.ask(request)
                    #expect(answer.status == "431 Request Header Fields Too Large")
                }
            }
            do {
                let answer = try await web.get("/metrics")
                #expect(answer.status == "200 OK")
            }
        }
    }

    @Test("a body that is too large is answered with 413 before it is sent, and ends the connection while it is")
    func largeBody() async throws {
        try await RunningWeb.with(limits: WebLimits(bodyBytes: 1000)) { web in
            for length in ["1001", "1073741824", "99999999999999999"] {
                let answer = try await web.ask("POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n")
                #expect(answer.status.hasPrefix("413 "))
            }
            let chunk = "3e8\r\n" + String(repeating: "a", count: 1000) + "\r\n"
            let answer = try await web.ask(
                "POST /metrics HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk
            )
            #expect(!answer.contains("200 OK"))
        }
    }

    @Test(
        "what is no HTTP is answered with 400",
        arguments: ["\u{16}\u{3}\u{1}\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"]
    )
    func garbage(request: String) async throws {
        try await RunningWeb.with { web in
            do {
                let answer = try await web.ask(request)
                #expect(answer.status == "400 Bad Request")
            }
        }
    }

    @Test("a request that does not end in time ends its connection, also where each byte comes in time")
    func slowRequest() async throws {
        try await RunningWeb.with(limits: WebLimits(requestTimeout: .milliseconds(200))) { web in
            for begin in ["", "GET / HTT", "POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"] {
                let answer = try await web.ask(begin)
                #expect(answer == "" || answer.status.hasPrefix("4"))
            }
            // Bytes without an end: the connection takes them until its time is over, or this never ends.
            try? await RawConnection.with(port: web.port) { connection in
                try await eventually("the connection has ended") { (try? await connection.send("G")) == nil }
            }
        }
    }

    @Test("a connection may be used again")
    func reuse() async throws {
        try await RunningWeb.with { web in
            try await RawConnection.with(port: web.port) { connection in
                for _ in 0..<3 {
                    try await connection.send("GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n")
                    let answer = try await connection.receive(until: "healthy.\n")
                    #expect(answer.contains("200 OK"))
                }
            }
        }
    }

    @Test("a connection that is not used for too long ends")
    func idle() async throws {
        try await RunningWeb.with(limits: WebLimits(idleTimeout: .milliseconds(200))) { web in
            try await RawConnection.with(port: web.port) { connection in
                try await connection.send("GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n")
                // Until the server closes it.
                let answer = try await connection.receiveAll()
                #expect(answer.contains("200 OK"))
            }
        }
    }

    @Test("too many connections end those that say nothing, and who asks is answered")
    func manyConnections() async throws {
        try await RunningWeb.with(limits: WebLimits(connections: 4)) { web in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 { group.addTask { try await web.ask("") } }
                // Each ends once a later one takes its place.
                for _ in 0..<16 {
                    let answer = try await group.next()
                    #expect(answer == "")
                }
                for _ in 0..<5 {
                    let answer = try await web.get("/metrics")
                    #expect(answer.status == "200 OK")
                }
                #expect(web.connections.count <= 4)
                group.cancelAll()
                while await group.nextResult() != nil {}
            }
        }
    }

    @Test("connections over what descriptors allow wait to be accepted, and a pause is logged once")
    func pausedAccepting() async throws {
        let lines = LogLines()
        try await RunningWeb.with(limits: WebLimits(connections: 2), capacity: 3, logger: lines.logger(level: .warning))
        { web in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<40 { group.addTask { try await web.ask("") } }
                for _ in 0..<38 {
                    let answer = try await group.next()
                    #expect(answer == "")
                }
                for _ in 0..<5 {
                    let answer = try await web.get("/metrics")
                    #expect(answer.status == "200 OK")
                }
                group.cancelAll()
                while await group.nextResult() != nil {}
            }
            try await eventually("closed connections are not counted") { web.connections.openCount == 0 }
        }
        #expect(lines.take().filter { $0.contains("accepting pauses") }.count <= 1)
    }

    @Test("too many requests are answered with 503 at once, and health is told in any case")
    func manyRequests() async throws {
        let (release, releasing) = AsyncStream.makeStream(of: Void.self)
        let (entry, entering) = AsyncStream.makeStream(of: Void.self)
        let reload: @Sendable () async throws -> Void = {
            entering.yield()
            for await _ in release {}
        }
        try await RunningWeb.with(limits: WebLimits(requests: 1), reload: reload) { web in
            try await withThrowingTaskGroup(of: String.self) { group in
                group.addTask {
                    try await web.ask("POST /-/reload HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                }
                for await _ in entry { break }
                let answer = try await web.get("/metrics")
                #expect(answer.status == "503 Service Unavailable")
                #expect(answer.lowercased().contains("retry-after: 1\r\n"))
                let health = try await web.get("/-/healthy")
                #expect(health.status == "200 OK")
                releasing.finish()
                let reloaded = try await group.next() ?? ""
                #expect(reloaded.status == "200 OK")
                let after = try await web.get("/metrics")
                #expect(after.status == "200 OK")
            }
        }
    }
}
