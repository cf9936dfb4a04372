import Testing

@testable import Web

struct ConnectionStateTests {
    private let start = ContinuousClock.now
    private let limits = WebLimits(
        requestTimeout: .seconds(10),
        responseTimeout: .seconds(100),
        idleTimeout: .seconds(1000)
    )

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test("bytes that drip in do not move the deadline of a request, be it the first or a later one")
    func dripping() {
        var state = ConnectionState(limits: limits, at: start)
        for second in 0..<9 { state.received(at: at(second)) }
        #expect(state.deadline == at(10))
        state.requestBegan(at: at(9))
        #expect(state.deadline == at(10))
        state.requestEnded(at: at(9))
        state.responseEnded(at: at(9))
        #expect(state.deadline == at(1009))
        state.received(at: at(500))
        state.received(at: at(505))
        #expect(state.deadline == at(510))
    }

    @Test("a response has its own time, which begins with the end of its request")
    func response() {
        var state = ConnectionState(limits: limits, at: start)
        state.requestBegan(at: at(1))
        state.requestEnded(at: at(2))
        #expect(state.requestsInFlight == 1)
        #expect(state.deadline == at(102))
        state.received(at: at(50))
        #expect(state.deadline == at(102))
    }

    @Test("a request that is answered before it was read must still end in its time")
    func earlyAnswer() {
        var state = ConnectionState(limits: limits, at: start)
        state.requestBegan(at: at(1))
        state.responseEnded(at: at(1))
        #expect(state.requestsInFlight == 0)
        #expect(state.deadline == at(10))
        state.requestEnded(at: at(5))
        #expect(state.deadline == at(1005))
    }

    @Test("a connection in HTTP/2 is idle only without streams")
    func streams() {
        var state = ConnectionState(limits: limits, at: start)
        state.becameMultiplexed(at: at(1))
        #expect(state.deadline == at(1001))
        state.received(at: at(2))
        #expect(state.deadline == at(1001))
        state.requestBegan(at: at(3))
        state.requestBegan(at: at(3))
        state.requestEnded(at: at(4))
        state.responseEnded(at: at(5))
        #expect(state.deadline == at(104))
        state.responseEnded(at: at(6))
        #expect(state.deadline == at(1006))
    }

    @Test("a response without a request does not count below none")
    func unread() {
        var state = ConnectionState(limits: limits, at: start)
        state.responseEnded(at: at(1))
        #expect(state.requestsInFlight == 0)
        state.requestBegan(at: at(2))
        #expect(state.requestsInFlight == 1)
    }
}
