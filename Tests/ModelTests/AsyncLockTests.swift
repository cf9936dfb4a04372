import Model
import Synchronization
import Testing

struct AsyncLockTests {
    /// Who is inside, and the most that ever were.
    private final class Room: Sendable {
        private let counts = Mutex((now: 0, most: 0, all: 0))

        var most: Int { counts.withLock { $0.most } }
        var all: Int { counts.withLock { $0.all } }

        func visit() async {
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
                counts.all += 1
            }
            await Task.yield()
            counts.withLock { $0.now -= 1 }
        }
    }

    /// A task that holds a lock until it is told to let go.
    private struct Holder {
        private let releasing: AsyncStream<Void>.Continuation

        init(of lock: AsyncLock, in group: inout TaskGroup<Bool>) async {
            let (release, releasing) = AsyncStream.makeStream(of: Void.self)
            let (entry, entering) = AsyncStream.makeStream(of: Void.self)
            self.releasing = releasing
            group.addTask {
                await lock.hold {
                    entering.yield()
                    for await _ in release {}
                }
                return true
            }
            for await _ in entry { break }
        }

        func release() {
            releasing.finish()
        }
    }

    @Test("One task at a time holds the lock, and every one gets it")
    func oneAtATime() async {
        let lock = AsyncLock()
        let room = Room()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    if number.isMultiple(of: 2) {
                        await lock.hold { await room.visit() }
                    } else {
                        try? await lock.withLock { await room.visit() }
                    }
                }
            }
        }
        #expect(room.most == 1)
        #expect(room.all == 200)
    }

    @Test("A task that is cancelled while it waits stops waiting, and the others go on")
    func cancellation() async throws {
        let lock = AsyncLock()
        await withTaskGroup(of: Bool.self) { group in
            let holder = await Holder(of: lock, in: &group)
            await withTaskGroup(of: Bool.self) { waiting in
                waiting.addTask {
                    await #expect(throws: CancellationError.self) { try await lock.withLock {} }
                    return true
                }
                waiting.cancelAll()
                #expect(await waiting.next() == true)
            }
            group.addTask { (try? await lock.withLock { true }) ?? false }
            holder.release()
            #expect(await group.reduce(0) { $0 + ($1 ? 1 : 0) } == 2)
        }
    }

    @Test("What must be done is done in a cancelled task too")
    func hold() async {
        let lock = AsyncLock()
        await withTaskGroup(of: Bool.self) { group in
            group.cancelAll()
            group.addTask { await lock.hold { Task.isCancelled } }
            #expect(await group.next() == true)
        }
    }

    @Test("Where too many wait, the next one is turned away")
    func crowd() async {
        let lock = AsyncLock(maxWaiting: 4)
        await withTaskGroup(of: Bool.self) { group in
            let holder = await Holder(of: lock, in: &group)
            // Of five that come while the lock is held four wait, and the one that ends is turned away.
            for _ in 0..<5 { group.addTask { await lock.withLockUnlessCrowded {} != nil } }
            #expect(await group.next() == false)
            holder.release()
            #expect(await group.reduce(0) { $0 + ($1 ? 1 : 0) } == 5)
        }
    }

    @Test("A lock is free again after an error")
    func failure() async {
        struct Fault: Error {}
        let lock = AsyncLock()
        await #expect(throws: Fault.self) { try await lock.withLock { throw Fault() } }
        #expect(await lock.withLockUnlessCrowded { 1 } == 1)
    }
}
