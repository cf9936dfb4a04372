import Synchronization

/// What happened at a test origin, for tests that wait for it.
final class OriginLog: Sendable {
    struct Record: Sendable {
        var requests: [OriginRequest] = []
        /// Connections that were accepted.
        var opened = 0
        /// Of these, the ones that ended.
        var closed = 0
        /// The most connections that were open at once.
        var mostOpen = 0
        /// Requests that are not answered yet.
        var unanswered = 0
        /// The most that there were at once.
        var mostUnanswered = 0
    }

    private struct Waiter {
        var isMet: @Sendable (Record) -> Bool
        var continuation: CheckedContinuation<Record, Never>
    }

    private struct State {
        var record = Record()
        var waiters: [Int: Waiter] = [:]
        var lastWaiter = 0
    }

    private let state = Mutex(State())

    var record: Record { state.withLock { $0.record } }

    /// Waits until the log fulfils a condition, or the test's time is over.
    @discardableResult
    func wait(until isMet: @escaping @Sendable (Record) -> Bool) async -> Record {
        let number = update { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                update { state in state.waiters[number] = Waiter(isMet: isMet, continuation: continuation) }
                if Task.isCancelled { giveUp(number) }
            }
        } onCancel: {
            giveUp(number)
        }
    }

    private func giveUp(_ number: Int) {
        update { state in
            state.waiters[number]?.isMet = { _ in true }
        }
    }

    /// - Returns: the number of the connection, from 1.
    func open() -> Int {
        update { state in
            state.record.opened += 1
            state.record.mostOpen = max(state.record.mostOpen, state.record.opened - state.record.closed)
            return state.record.opened
        }
    }

    func close() {
        update { $0.record.closed += 1 }
    }

    func add(_ request: OriginRequest) {
        update { state in
            state.record.requests.append(request)
            state.record.unanswered += 1
            state.record.mostUnanswered = max(state.record.mostUnanswered, state.record.unanswered)
        }
    }

    /// Notes that a request is about to be answered.
    func answer() {
        update { $0.record.unanswered -= 1 }
    }

    private func update<Result: Sendable>(_ change: (inout State) -> Result) -> Result {
        let (result, record, met) = state.withLock { state in
            let result = change(&state)
            let record = state.record
            let met = state.waiters.filter { $0.value.isMet(record) }
            for number in met.keys { state.waiters[number] = nil }
            return (result, record, met.values.map(\.continuation))
        }
        for continuation in met { continuation.resume(returning: record) }
        return result
    }
}
