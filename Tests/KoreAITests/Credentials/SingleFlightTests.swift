import Synchronization
import Testing

@testable import KoreAI

struct SingleFlightTests {
    struct Fault: Error {}

    /// What the work of many callers left behind.
    final class Work: Sendable {
        let flight = SingleFlight()
        private let runs = Mutex(0)
        private let result = Mutex<Int?>(nil)

        var runCount: Int { runs.withLock { $0 } }

        func run() -> Int {
            runs.withLock { runs in
                runs += 1
                return runs
            }
        }

        func value() async throws -> Int {
            try await flight {
                result.withLock { $0 }
            } make: {
                await Task.yield()
                let run = run()
                result.withLock { $0 = run }
                return run
            }
        }

        func failing() async throws -> Int {
            try await flight {
                Int?.none
            } make: {
                await Task.yield()
                _ = run()
                throw Fault()
            }
        }
    }

    @Test("Work is done once for all who wait")
    func once() async throws {
        let work = Work()
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 { group.addTask { try await work.value() } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(values == [1])
        #expect(work.runCount == 1)
    }

    @Test("Where the work fails, the next caller tries")
    func failure() async {
        let work = Work()
        await withTaskGroup { group in
            for _ in 0..<10 {
                group.addTask {
                    await #expect(throws: Fault.self) { try await work.failing() }
                }
            }
        }
        #expect(work.runCount == 10)
    }
}
