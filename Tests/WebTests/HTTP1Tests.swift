import FoundationEssentials
import Testing

@testable import Web

/// What RFC 9110 and 9112 ask of an HTTP/1 server, by what comes over the wire. Where an answer has to end the connection,
/// the test reads until it ends.
struct HTTP1Tests {
    private static func health(_ version: String, _ fields: String...) -> String {
        (["GET /-/healthy HTTP/\(version)"] + fields + ["", ""]).joined(separator: "\r\n")
    }

    private static func count(_ answer: String, _ part: String) -> Int {
        answer.components(separatedBy: part).count - 1
    }

    @Test(
        "a connection ends after the response where the client says so, or does not know that it could go on",
        arguments: [
            health("1.0"), health("1.0", "Host: a"), health("1.0", "Connection: close"),
            health("1.1", "Host: a", "Connection: close"), health("1.1", "Host: a", "Connection: Close"),
            health("1.1", "Host: a", "Connection: foo, close"),
            health("1.1", "Host: a", "Connection: keep-alive, close"),
        ]
    )
    func lastRequest(request: String) async throws {
        try await RunningWeb.with { web in
            // What follows the last request is no request.
            let answer = try await web.ask(request + Self.health("1.1", "Host: a"))
            #expect(answer.status == "200 OK")
            #expect(answer.lowercased().contains("connection: close\r\n"))
            #expect(Self.count(answer, "HTTP/1.1 ") == 1)
            #expect(answer.hasSuffix("koreai-exporter is healthy.\n"))
        }
    }

    @Test("a scrape in HTTP/1.0 ends its connection, prepared or not")
    func scrape() async throws {
        try await RunningWeb.with { web in
            for _ in 0..<3 {
                let answer = try await web.ask("GET /metrics HTTP/1.0\r\n\r\n")
                #expect(answer.status == "200 OK")
                #expect(!answer.lowercased().contains("transfer-encoding"))
            }
        }
    }

    @Test("a client of HTTP/1.0 that asks for it keeps its connection, and is told so")
    func keptAlive() async throws {
        try await RunningWeb.with { web in
            try await RawConnection.with(port: web.port) { connection in
                for _ in 0..<3 {
                    try await connection.send(Self.health("1.0", "Connection: Keep-Alive"))
                    let answer = try await connection.receive(until: "healthy.\n")
                    #expect(answer.status == "200 OK")
                    #expect(answer.lowercased().contains("connection: keep-alive\r\n"))
                }
                try await connection.send(Self.health("1.0"))
                let answer = try await connection.receiveAll()
                #expect(answer.lowercased().contains("connection: close\r\n"))
            }
        }
    }

    @Test("requests that come together are answered in their order, and the last one ends the connection")
    func pipeline() async throws {
        try await RunningWeb.with { web in
            let answer = try await web.ask(
                "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + Self.health("1.1", "Host: a")
                    + "GET /-/ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            )
            let statuses = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
            #expect(statuses == ["404", "200", "200"])
            #expect(Self.count(answer.lowercased(), "connection: close\r\n") == 1)
        }
    }

    @Test(
        "a request without one Host, or with two lengths, is answered with 400 and ends the connection",
        arguments: [
            health("1.1"), health("1.1", "Host: a", "host: b"), health("1.0", "Host: a", "Host: a"),
            "POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        ]
    )
    func bad(request: String) async throws {
        try await RunningWeb.with { web in
            let answer = try await web.ask(request)
            #expect(answer.status == "400 Bad Request")
            #expect(answer.lowercased().contains("connection: close\r\n"))
            #expect(answer.lowercased().contains("date: "))
        }
    }

    private static func notification(_ fields: String..., body: String = "") -> String {
        (["POST /api/v1/alerts HTTP/1.1", "Host: a"] + fields + ["", body]).joined(separator: "\r\n")
    }

    @Test("a client that asks first whether its body is wanted is told to go on, or why not")
    func expectation() async throws {
        try await RunningWeb.with { web in
            try await RawConnection.with(port: web.port) { connection in
                try await connection.send(
                    Self.notification("Expect: 100-Continue", "Content-Length: 2", "Connection: close")
                )
                let interim = try await connection.receive(until: "\r\n\r\n")
                #expect(interim == "HTTP/1.1 100 Continue\r\n\r\n")
                try await connection.send("{}")
                let answer = try await connection.receiveAll()
                #expect(answer.status == "200 OK")
                #expect(Self.count(answer, "HTTP/1.1 ") == 1)
            }
            let large = try await web.ask(Self.notification("Expect: 100-continue", "Content-Length: 999999999"))
            #expect(large.status.hasPrefix("413 "))
            let other = try await web.ask(Self.notification("Expect: a-miracle", "Content-Length: 2"))
            #expect(other.status == "417 Expectation Failed")
            let old = try await web.ask(
                "POST /api/v1/alerts HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}"
            )
            #expect(old.status == "200 OK")
        }
    }

    @Test("a client is told to send its body when the responses before it are sent")
    func expectationInOrder() async throws {
        try await RunningWeb.with { web in
            try await RawConnection.with(port: web.port) { connection in
                try await connection.send(
                    Self.health("1.1", "Host: a") + Self.notification("Expect: 100-continue", "Content-Length: 2")
                )
                let first = try await connection.receive(until: "100 Continue\r\n\r\n")
                #expect(first.status == "200 OK")
                #expect(first.hasSuffix("healthy.\nHTTP/1.1 100 Continue\r\n\r\n"))
                try await connection.send("{}")
                let second = try await connection.receive(until: "\r\n\r\n")
                #expect(second.status == "200 OK")
            }
        }
    }

    @Test(
        "the name of an authentication scheme has no case",
        arguments: ["Bearer token", "bearer token", "BEARER  token"]
    )
    func bearer(authorization: String) async throws {
        try await RunningWeb.with { web in
            let answer = try await web.ask(
                Self.notification(
                    "Authorization: \(authorization)",
                    "Content-Length: 2",
                    "Connection: close",
                    body: "{}"
                )
            )
            #expect(answer.hasSuffix("\r\n\r\nBearer token"))
        }
    }
}
