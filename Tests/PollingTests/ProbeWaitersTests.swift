import Model
import Testing
import Tracking

@testable import Polling

struct ProbeWaitersTests {
    private let target = Target.export(bot: "a")

    /// - Returns: How often it was told something until it was told no more.
    private func count(_ body: (ProbeWaiters.Told) -> Void) async -> Int {
        let (stream, told) = AsyncStream.makeStream(of: (target: Target, outcome: ProbeOutcome).self)
        body(told)
        told.finish()
        return await stream.reduce(0) { count, _ in count + 1 }
    }

    @Test("all that wait are told once, and not those who came later or left")
    func told() async {
        let waiters = ProbeWaiters()
        let count = await count { told in
            let left = waiters.add(told, for: [target])
            _ = waiters.add(told, for: [target, .export(bot: "b")])
            _ = waiters.add(told, for: [target])
            waiters.remove(left, of: [target])
            #expect(waiters.isAwaited(target))
            let group = waiters.take(target)
            _ = waiters.add(told, for: [target])
            group.notify(.gone, of: target)
            #expect(waiters.take(.export(bot: "c")).isEmpty)
        }
        #expect(count == 2)
        #expect(waiters.isAwaited(target))
        waiters.close()
        #expect(!waiters.isAwaited(target))
    }

    @Test("nobody waits for what has ended")
    func closed() async {
        let waiters = ProbeWaiters()
        waiters.close()
        let (stream, told) = AsyncStream.makeStream(of: (target: Target, outcome: ProbeOutcome).self)
        _ = waiters.add(told, for: [target])
        #expect(await stream.reduce(0) { count, _ in count + 1 } == 0)
        #expect(!waiters.isAwaited(target))
    }
}
