import Testing

@testable import Polling

struct ReadinessTests {
    private let start = ContinuousClock.now

    @Test("it is ready when every target was polled")
    func allPolled() {
        var readiness = Readiness(targets: 2, start: start)
        #expect(!readiness.isReady(now: start))
        readiness.polled(1)
        readiness.polled(1)
        #expect(!readiness.isReady(now: start))
        #expect(readiness.waitingTargets == 1)
        readiness.polled(0)
        #expect(readiness.isReady(now: start))
    }

    @Test("it is ready after 30 seconds, whatever hangs")
    func longestWait() {
        let readiness = Readiness(targets: 2, start: start)
        #expect(!readiness.isReady(now: start + .seconds(29.9)))
        #expect(readiness.isReady(now: start + .seconds(30)))
    }
}
