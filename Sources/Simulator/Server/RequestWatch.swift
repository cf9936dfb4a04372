import Synchronization

/// Tasks that wait for the counts to come to something.
final class RequestWatch: Sendable {
    private struct Waiter: Sendable {
        var condition: @Sendable (RequestCounts) -> Bool
        var continuation: CheckedContinuation<RequestCounts, any Error>
    }

    private struct State: Sendable {
        var waiters: [Int: Waiter] = [:]
        var lastID = 0
    }

    private let state = Mutex(State())

    /// Waits until `condition` holds.
    ///
    /// - Parameter counts: The present ones.
    /// - Throws: `CancellationError`.
    func wait(
        for condition: @escaping @Sendable (RequestCounts) -> Bool,
        counts: () -> RequestCounts
    ) async throws -> RequestCounts {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { $0.waiters[id] = Waiter(condition: condition, continuation: continuation) }
                // What changed before the waiter was known is found here, and so is a cancellation.
                if Task.isCancelled { cancel(id) }
                notify(counts())
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Whether anybody waits: then changes have to be told.
    var isNeeded: Bool {
        state.withLock { !$0.waiters.isEmpty }
    }

    /// Tells the counts after a change.
    func notify(_ counts: RequestCounts) {
        let content = state.withLock { state in
            let content = state.waiters.filter { $0.value.condition(counts) }
            for id in content.keys { state.waiters[id] = nil }
            return content.values
        }
        for waiter in content { waiter.continuation.resume(returning: counts) }
    }

    private func cancel(_ id: Int) {
        let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
        waiter?.continuation.resume(throwing: CancellationError())
    }
}
