import CInterposers
import Curl
import Synchronization
import Testing

/// How transfers end before their response: timeouts, cancellation and shutdown.
@Suite(.timeLimit(.minutes(5)))
struct EndingTests {
    @Test("A server that does not answer ends in a timeout, and its connection is closed")
    func timeout() async throws {
        try await TestOrigin.run(answer: { _ in .hang }) { origin in
            try await CurlClient.run { client in
                let phrase = "after the request was sent and before the response began"
                let (error, timeout) = try await client.timeout(of: origin.url(), in: phrase)
                #expect(error.timings.connect > .zero)
                #expect(error.timings.firstByte == .zero)
                // libcurl and the loop count on different clocks.
                #expect(error.timings.waited + error.timings.total >= timeout - .milliseconds(10))
                await origin.log.wait { $0.closed == $0.opened }
            }
        }
    }

    @Test("A server that stops in the middle ends in a timeout")
    func stall() async throws {
        try await TestOrigin.run(answer: { _ in .stall(declared: 100, body: [0x61]) }) { origin in
            try await CurlClient.run { client in
                let (error, _) = try await client.timeout(of: origin.url(), in: "in the middle of the response")
                #expect(error.timings.firstByte > .zero)
            }
        }
    }

    @Test("A server that drips does not gain time")
    func drip() async throws {
        try await TestOrigin.run(answer: { _ in .drip(milliseconds: 5) }) { origin in
            try await CurlClient.run { client in
                let request = CurlRequest(url: origin.url(), timeout: .milliseconds(500))
                let error = try await client.failure(of: request)
                #expect(error?.reason == .timeout)
                await origin.log.wait { $0.closed == $0.opened }
            }
        }
    }

    @Test("The wait for a free connection counts")
    func timeoutWhileWaiting() async throws {
        try await TestOrigin.run(answer: { $0.target == "/hang" ? .hang : .ok() }) { origin in
            try await CurlClient.run(CurlConfiguration(maxConnectionsPerHost: 1)) { client in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await client.perform(CurlRequest(url: origin.url("/hang"))) }
                    await origin.log.wait { $0.requests.count == 1 }
                    let request = CurlRequest(url: origin.url(), timeout: .milliseconds(50))
                    let error = try #require(try await client.failure(of: request))
                    #expect(error.reason == .timeout)
                    #expect(error.message.contains("while it waited for a free connection"))
                    #expect(error.timings.waited >= .milliseconds(50))
                    #expect(origin.log.record.requests.count == 1)
                    group.cancelAll()
                }
                let response = try await client.perform(CurlRequest(url: origin.url()))
                #expect(response.status == 200)
            }
        }
    }

    @Test("A name look-up that hangs holds up nobody: not its own timeout, not cancellation, not others, not shutdown")
    func hangingLookup() async throws {
        hold_lookups()
        defer { release_lookups() }
        try await TestOrigin.run { origin in
            try await CurlClient.run { client in
                _ = try await client.timeout(of: "http://late.held.invalid/", in: "while its name was looked up")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        await #expect(throws: CancellationError.self) {
                            try await client.perform(CurlRequest(url: "http://cancelled.held.invalid/"))
                        }
                    }
                    let response = try await client.perform(CurlRequest(url: origin.url()))
                    #expect(response.status == 200)
                    group.cancelAll()
                    try await group.waitForAll()
                }
                async let ended = client.failure(of: CurlRequest(url: "http://ended.held.invalid/"))
                await client.shutdown()
                let shutDown = try await ended
                #expect(shutDown?.message.contains("shut down") == true)
            }
        }
    }

    @Test("A timeout of zero, or less, is over at once", arguments: [Duration.zero, .seconds(-1), .seconds(Int64.min)])
    func noTime(timeout: Duration) async throws {
        try await TestOrigin.run(answer: { _ in .hang }) { origin in
            try await CurlClient.run { client in
                let error = try await client.failure(of: CurlRequest(url: origin.url(), timeout: timeout))
                #expect(error?.reason == .timeout)
            }
        }
    }

    @Test("A timeout without measure is one of days")
    func endlessTime() async throws {
        try await TestOrigin.run { origin in
            try await CurlClient.run { client in
                let request = CurlRequest(url: origin.url(), timeout: .seconds(Int64.max))
                let response = try await client.perform(request)
                #expect(response.status == 200)
            }
        }
    }

    @Test("Cancellation closes the connection, and the next request gets a new one")
    func cancel() async throws {
        try await TestOrigin.run(answer: { $0.target == "/hang" ? .hang : .ok() }) { origin in
            try await CurlClient.run(CurlConfiguration(maxConnectionsPerHost: 1)) { client in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        await #expect(throws: CancellationError.self) {
                            try await client.perform(CurlRequest(url: origin.url("/hang"), timeout: .seconds(3600)))
                        }
                    }
                    await origin.log.wait { $0.requests.count == 1 }
                    group.cancelAll()
                    try await group.waitForAll()
                }
                await origin.log.wait { $0.closed == 1 }
                let response = try await client.perform(CurlRequest(url: origin.url()))
                #expect(response.newConnections == 1)
            }
        }
    }

    @Test("A task that is cancelled already sends nothing")
    func cancelledBefore() async throws {
        try await TestOrigin.run { origin in
            try await CurlClient.run { client in
                await withTaskGroup(of: Void.self) { group in
                    group.cancelAll()
                    group.addTask {
                        await #expect(throws: CancellationError.self) {
                            try await client.perform(CurlRequest(url: origin.url()))
                        }
                    }
                }
                #expect(origin.log.record.opened == 0)
            }
        }
    }

    @Test("Cancellation at any moment ends each request once, and the client goes on", arguments: 0..<4)
    func cancelStorm(round: Int) async throws {
        // Some requests are never answered, so that there is something to cancel however fast the others are.
        let asked = Atomic(0)
        let answer: @Sendable (OriginRequest) -> OriginReply = { _ in
            asked.add(1, ordering: .relaxed).newValue > 150 ? .hang : .delayed(milliseconds: 1)
        }
        try await TestOrigin.run(answer: answer) { origin in
            try await CurlClient.run { client in
                let answered = await withTaskGroup(of: Bool.self) { group in
                    for _ in 0..<200 {
                        group.addTask {
                            do {
                                return try await client.perform(CurlRequest(url: origin.url())).status == 200
                            } catch {
                                #expect(error is CancellationError)
                                return false
                            }
                        }
                    }
                    await origin.log.wait { $0.requests.count >= 1 + round * 20 }
                    group.cancelAll()
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(answered <= 150)
                asked.store(0, ordering: .relaxed)
                let response = try await client.perform(CurlRequest(url: origin.url()))
                #expect(response.status == 200)
            }
        }
    }

    @Test("Shutdown ends what is in flight and what waits, and can be called more than once")
    func shutdown() async throws {
        try await TestOrigin.run(answer: { _ in .hang }) { origin in
            let client = try CurlClient(configuration: CurlConfiguration(maxConnectionsPerHost: 2))
            await withTaskGroup(of: CurlError?.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        do {
                            _ = try await client.perform(CurlRequest(url: origin.url(), timeout: .seconds(3600)))
                            return nil
                        } catch {
                            return error as? CurlError
                        }
                    }
                }
                await origin.log.wait { $0.requests.count == 2 }
                async let first: Void = client.shutdown()
                async let second: Void = client.shutdown()
                _ = await (first, second)
                await client.shutdown()
                for await error in group {
                    #expect(error?.reason == .other)
                    #expect(error?.message.contains("shut down") == true)
                }
            }
            await origin.log.wait { $0.closed == 2 }
            let later = try await client.failure(of: CurlRequest(url: origin.url()))
            #expect(later?.message.contains("shut down") == true)
            #expect(origin.log.record.opened == 2)
        }
    }

    @Test("A client that is dropped without shutdown closes its connections by itself")
    func dropped() async throws {
        try await TestOrigin.run { origin in
            for _ in 0..<10 {
                let client = try CurlClient()
                _ = try await client.perform(CurlRequest(url: origin.url()))
            }
            await origin.log.wait { $0.closed == 10 }
        }
    }

    @Test("A client that was never used shuts down")
    func unused() async throws {
        for _ in 0..<20 { try await CurlClient.run { _ in } }
        for _ in 0..<20 { _ = try CurlClient() }
    }
}
