import Curl
import Glibc
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ConnectionTests {
    @Test("Requests one after the other use one connection")
    func reuse() async throws {
        try await TestOrigin.run { origin in
            try await CurlClient.run { client in
                var opened: [Int] = []
                for _ in 0..<10 {
                    let response = try await client.perform(CurlRequest(url: origin.url()))
                    opened.append(response.newConnections)
                    if response.newConnections == 0 {
                        #expect(response.timings.dns == .zero)
                        #expect(response.timings.connect == .zero)
                    }
                }
                #expect(opened == [1] + [Int](repeating: 0, count: 9))
                #expect(origin.log.record.opened == 1)
            }
        }
    }

    @Test("One host gets no more connections than allowed, and all requests are answered", arguments: [1, 3])
    func perHost(limit: Int) async throws {
        let gate = OriginGate(size: limit)
        try await TestOrigin.run(answer: { _ in .gathered(gate, milliseconds: 2) }) { origin in
            try await CurlClient.run(CurlConfiguration(maxConnectionsPerHost: limit)) { client in
                let statuses = try await client.statuses(of: CurlRequest(url: origin.url()), times: 48)
                #expect(statuses == [200: 48])
                let record = origin.log.record
                #expect(record.mostOpen <= limit)
                #expect(record.mostUnanswered == limit)
            }
        }
    }

    @Test("All hosts together get no more connections than allowed")
    func total() async throws {
        let log = OriginLog()
        let gate = OriginGate(size: 3)
        let answer: @Sendable (OriginRequest) -> OriginReply = { _ in .gathered(gate, milliseconds: 2) }
        try await TestOrigin.run(log: log, answer: answer) { one in
            try await TestOrigin.run(log: log, answer: answer) { two in
                let configuration = CurlConfiguration(maxConnections: 3, maxConnectionsPerHost: 3)
                try await CurlClient.run(configuration) { client in
                    async let toOne = client.statuses(of: CurlRequest(url: one.url()), times: 24)
                    async let toTwo = client.statuses(of: CurlRequest(url: two.url()), times: 24)
                    let answeredByOne = try await toOne
                    #expect(answeredByOne == [200: 24])
                    let answeredByTwo = try await toTwo
                    #expect(answeredByTwo == [200: 24])
                    #expect(log.record.mostUnanswered == 3)
                }
            }
        }
    }

    @Test("A thousand requests at once are all answered")
    func thousand() async throws {
        try await TestOrigin.run { origin in
            try await CurlClient.run { client in
                let statuses = try await client.statuses(of: CurlRequest(url: origin.url()), times: 1000)
                #expect(statuses == [200: 1000])
                #expect(origin.log.record.requests.count == 1000)
                #expect(origin.log.record.opened <= 8)
            }
        }
    }

    @Test("A GET is sent again when its connection turns out to be closed")
    func closedMeanwhile() async throws {
        try await TestOrigin.run(answer: { $0.number == 2 ? .close : .ok() }) { origin in
            try await CurlClient.run { client in
                _ = try await client.perform(CurlRequest(url: origin.url()))
                let response = try await client.perform(CurlRequest(url: origin.url()))
                #expect(response.status == 200)
                #expect(response.newConnections == 1)
                #expect(origin.log.record.opened == 2)
            }
        }
    }

    @Test(
        "A server that closes or resets each connection at its second request costs a second request and no reply",
        arguments: [OriginReply.close, .reset]
    )
    func endsEachSecond(end: OriginReply) async throws {
        try await TestOrigin.run(answer: { $0.number == 2 ? end : .ok() }) { origin in
            try await CurlClient.run { client in
                var requests = 0
                for _ in 0..<40 {
                    let response = try await client.perform(CurlRequest(url: origin.url()))
                    #expect(response.status == 200)
                    requests += response.requests
                }
                #expect(requests == origin.log.record.requests.count)
            }
        }
    }

    @Test("When all connections of a pool died, each GET is sent at most twice, the second time on a new one")
    func deadPool() async throws {
        let gate = OriginGate(size: 6)
        let answer: @Sendable (OriginRequest) -> OriginReply = { request in
            request.number > 1 ? .close : request.target == "/fill" ? .gathered(gate, milliseconds: 1) : .ok()
        }
        try await TestOrigin.run(answer: answer) { origin in
            try await CurlClient.run { client in
                let filled = try await client.statuses(of: CurlRequest(url: origin.url("/fill")), times: 6)
                #expect(filled == [200: 6])
                let response = try await client.perform(CurlRequest(url: origin.url()))
                #expect(response.status == 200)
                #expect(response.requests == 2)
                #expect(origin.log.record.requests.count == 6 + 2)
            }
        }
    }

    @Test("A GET whose new connection dies as well fails, and tells that it was sent twice")
    func diesTwice() async throws {
        try await TestOrigin.run(answer: { $0.connection == 1 && $0.number == 1 ? .ok() : .close }) { origin in
            try await CurlClient.run { client in
                _ = try await client.perform(CurlRequest(url: origin.url()))
                let error = try await client.failure(of: CurlRequest(url: origin.url()))
                #expect(error?.reason == .connect)
                #expect(error?.requests == 2)
                #expect(origin.log.record.requests.count == 3)
            }
        }
    }

    @Test("A reply that breaks off on a reused connection is not asked for again")
    func truncatedReuse() async throws {
        let answer: @Sendable (OriginRequest) -> OriginReply = {
            $0.number == 2 ? .truncate(declared: 100, body: [0x61]) : .ok()
        }
        try await TestOrigin.run(answer: answer) { origin in
            try await CurlClient.run { client in
                _ = try await client.perform(CurlRequest(url: origin.url()))
                let error = try await client.failure(of: CurlRequest(url: origin.url()))
                #expect(error?.requests == 1)
                #expect(origin.log.record.requests.count == 2)
            }
        }
    }

    @Test("A POST is sent at most once")
    func postOnce() async throws {
        try await TestOrigin.run(answer: { $0.method == "POST" ? .close : .ok() }) { origin in
            try await CurlClient.run { client in
                _ = try await client.perform(CurlRequest(url: origin.url()))
                let error = try await client.failure(of: CurlRequest(method: .post, url: origin.url(), body: [0x61]))
                #expect(error?.reason == .connect)
                #expect(origin.log.record.requests.count { $0.method == "POST" } == 1)
                let after = try await client.perform(CurlRequest(url: origin.url()))
                #expect(after.status == 200)
            }
        }
    }

    @Test("The proxies of the environment are not asked")
    func environment() async throws {
        // In a process of its own: to change the environment is not safe while other threads read it.
        await #expect(processExitsWith: .success) {
            for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] { setenv(name, "http://127.0.0.1:1", 1) }
            try await TestOrigin.run { origin in
                try await CurlClient.run { client in
                    let response = try await client.perform(CurlRequest(url: origin.url()))
                    try #require(response.status == 200)
                }
            }
        }
    }
}
