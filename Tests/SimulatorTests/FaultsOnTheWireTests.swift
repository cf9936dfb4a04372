import Testing

@testable import Simulator

@Suite("Faults on the wire")
struct FaultsOnTheWireTests {
    @Test(
        "Connections end as the fault says",
        arguments: [(Fault.close, RawClient.Answer.End.closed), (.reset, .reset)]
    )
    func endsConnections(fault: Fault, end: RawClient.Answer.End) async throws {
        let fixture = try await Fixture()
        fixture.simulator.inject(fault, times: 1)
        try await fixture.simulator.withRunning { baseURL in
            let broken = try await fixture.get(Fixture.export, baseURL)
            #expect(broken.end == end)
            #expect(broken.text.isEmpty)
            #expect(try await fixture.get(Fixture.export, baseURL).status == 200)
            #expect(try await fixture.simulator.requests { $0.inFlight == 0 }.byStatus == ["0": 1, "200": 1])
        }
    }

    @Test(
        "Replies are as the fault says",
        arguments: [
            (.throttled(retryAfter: 3), 429, "You've exceeded the per-minute rate limit."),
            (.throttledByMessage, 400, "You've exceeded the per-minute rate limit."),
            (.serverError, 500, "Internal Server Error"), (.unavailable, 503, "<html>"),
            (.unauthorized, 401, "Invalid SDK credentials"), (.invalidToken, 401, "Invalid JWT token"),
            (.scopeMissing, 401, "Scope is incorrect"), (.expiredToken, 401, "jwt expired"),
            (.html, 200, "<!DOCTYPE html>"), (.garbage, 200, "Fin"), (.mistyped, 200, #""status":200"#),
            (.unknownWords, 200, "DAYDREAMING"), (.emptyBody, 200, ""), (.redirect, 302, ""),
            (.reply(status: 418, headers: ["X-Pot": "tea"], body: "short and stout"), 418, "stout"),
        ] as [(Fault, Int, String)]
    )
    func replies(fault: Fault, status: Int, body: String) async throws {
        let fixture = try await Fixture()
        fixture.simulator.inject(fault, times: 1)
        try await fixture.simulator.withRunning { baseURL in
            let answer = try await fixture.get(Fixture.export, baseURL)
            #expect(answer.status == status)
            #expect(body.isEmpty ? answer.body.isEmpty : answer.body.contains(body))
            switch fault {
            case .throttled: #expect(answer.header("retry-after") == "3")
            case .redirect: #expect(answer.header("location") == "\(baseURL)/_simulator/redirected")
            case .reply: #expect(answer.header("x-pot") == "tea")
            default: break
            }
            #expect(try await fixture.get(Fixture.export, baseURL).body == "{}")
        }
    }

    @Test("A truncated reply promises more than it sends")
    func truncates() async throws {
        let fixture = try await Fixture()
        fixture.simulator.inject(.truncated)
        try await fixture.simulator.withRunning { baseURL in
            let answer = try await fixture.get(Fixture.training, baseURL)
            #expect(answer.end == .closed)
            let promised = try #require(answer.header("content-length").flatMap { Int($0) })
            #expect(answer.body.hasPrefix(#"{"trainingStatus":"Finished""#))
            #expect(answer.body.utf8.count < promised)
        }
    }

    @Test("A huge body comes whole, in chunks")
    func isHuge() async throws {
        let fixture = try await Fixture()
        fixture.simulator.inject(.hugeBody(mebibytes: 2))
        try await fixture.simulator.withRunning { baseURL in
            let answer = try await RawClient.send(
                "GET",
                Fixture.training,
                to: baseURL,
                headers: ["auth": fixture.token, "Connection": "close"]
            )
            #expect(answer.header("transfer-encoding") == "chunked")
            #expect(answer.body.utf8.count > 2 << 20)
        }
    }

    @Test("A slow drip and latency are the usual reply, later")
    func isSlow() async throws {
        let fixture = try await Fixture()
        fixture.simulator.inject(.slowDrip(interval: .milliseconds(1)), times: 1)
        fixture.simulator.inject(.latency(.milliseconds(20)), times: 1)
        try await fixture.simulator.withRunning { baseURL async throws in
            let clock = ContinuousClock()
            let start = clock.now
            #expect(try await fixture.get(Fixture.export, baseURL).body == "{}")
            let dripped = start.duration(to: clock.now)
            #expect(dripped >= .milliseconds(2))
            #expect(try await fixture.get(Fixture.export, baseURL).body == "{}")
            let late = start.duration(to: clock.now) - dripped
            #expect(late >= .milliseconds(20))
        }
    }

    @Test("A hang ends with its client, and the others do not notice")
    func hangs() async throws {
        let fixture = try await Fixture()
        fixture.simulator.inject(.hang, matching: FaultMatch(endpoint: .mlExportStatus))
        try await fixture.simulator.withRunning { baseURL in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await fixture.get(Fixture.export, baseURL) }
                try await fixture.simulator.requests { $0.inFlight > 0 }
                #expect(try await fixture.get(Fixture.training, baseURL).status == 200)
                group.cancelAll()
                try await group.waitForAll()
            }
            try await fixture.simulator.requests { $0.inFlight == 0 }
            #expect(fixture.simulator.requests().targets["GET \(Fixture.export)"]?.lastStatus == 0)
        }
    }

    @Test("A hang does not hold up the simulator's end")
    func endsDespiteHang() async throws {
        let fixture = try await Fixture()
        fixture.simulator.inject(.hang)
        try await withThrowingTaskGroup(of: RawClient.Answer.self) { group in
            try await fixture.simulator.withRunning { baseURL in
                group.addTask { try await fixture.get(Fixture.export, baseURL) }
                try await fixture.simulator.requests { $0.inFlight > 0 }
            }
            #expect(try await group.next()?.end == .closed)
        }
        #expect(fixture.simulator.requests().openConnections == 0)
    }
}
