import Testing

@testable import Polling

struct TurnTests {
    private actor Holders {
        private var now = 0
        private(set) var most = 0
        private(set) var all = 0

        func come() {
            now += 1
            most = max(most, now)
            all += 1
        }

        func go() {
            now -= 1
        }
    }

    @Test("one task at a time has the turn")
    func oneAtATime() async {
        let turn = Turn()
        let holders = Holders()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await turn.take()
                    await holders.come()
                    await Task.yield()
                    await holders.go()
                    turn.end()
                }
            }
        }
        #expect(await holders.most == 1)
        #expect(await holders.all == 200)
    }
}
