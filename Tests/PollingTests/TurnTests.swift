import Synchronization
import Testing

@testable import Polling

struct TurnTests {
    @Test("one task at a time has the turn")
    func oneAtATime() async {
        let turn = Turn()
        let counts = Mutex((now: 0, most: 0, all: 0))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await turn.take()
                    counts.withLock { counts in
                        counts.now += 1
                        counts.most = max(counts.most, counts.now)
                        counts.all += 1
                    }
                    await Task.yield()
                    counts.withLock { $0.now -= 1 }
                    turn.end()
                }
            }
        }
        #expect(counts.withLock { $0.most } == 1)
        #expect(counts.withLock { $0.all } == 200)
    }
}
