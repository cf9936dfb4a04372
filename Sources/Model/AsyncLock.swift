import Synchronization

/// A lock that tasks wait for without holding a thread, in the order in which they came.
///
/// A task that is cancelled while it waits stops waiting, except in ``hold(_:)``.
package final class AsyncLock: Sendable {
    private struct Waiter {
        let id: Int
        /// Resumed with whether the lock was acquired.
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var isHeld = false
        var lastID = 0
        var waiters: [Waiter] = []
    }

    private let maxWaiting: Int
    private let state = Mutex(State())

    /// - Parameter maxWaiting: So many tasks may wait in ``withLockUnlessCrowded(_:)``; further ones are turned away.
    package init(maxWaiting: Int = .max) {
        self.maxWaiting = maxWaiting
    }

    /// Runs `body` while no other task holds the lock.
    ///
    /// - Throws: `CancellationError` where the task is cancelled before it has the lock; and what `body` throws.
    package func withLock<Value>(_ body: () async throws -> Value) async throws -> Value {
        guard await acquire(maxWaiting: .max, isCancellable: true) else { throw CancellationError() }
        defer { release() }
        return try await body()
    }

    /// Runs `body` while no other task holds the lock, unless too many wait for it already.
    ///
    /// - Returns: `nil` where too many wait, or where the task is cancelled before it has the lock.
    package func withLockUnlessCrowded<Value>(_ body: () async -> Value) async -> Value? {
        guard await acquire(maxWaiting: maxWaiting, isCancellable: true) else { return nil }
        defer { release() }
        return await body()
    }

    /// Runs `body` while no other task holds the lock, also in a cancelled task: for what must be done before the end, such
    /// as the last commit.
    package func hold<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        _ = await acquire(maxWaiting: .max, isCancellable: false)
        defer { release() }
        return try await body()
    }

    /// - Returns: Whether the lock was acquired.
    private func acquire(maxWaiting: Int, isCancellable: Bool) async -> Bool {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isAcquired: Bool? = state.withLock { state in
                    // Looked at under the lock: a task that is cancelled later finds its waiter below.
                    if isCancellable, Task.isCancelled { return false }
                    guard state.isHeld else {
                        state.isHeld = true
                        return true
                    }
                    guard state.waiters.count < maxWaiting else { return false }
                    state.waiters.append(Waiter(id: id, continuation: continuation))
                    return nil
                }
                if let isAcquired { continuation.resume(returning: isAcquired) }
            }
        } onCancel: {
            guard isCancellable else { return }
            state.withLock { state -> Waiter? in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }?.continuation.resume(returning: false)
        }
    }

    /// Hands the lock to the task that has waited longest.
    private func release() {
        state.withLock { state -> Waiter? in
            guard !state.waiters.isEmpty else {
                state.isHeld = false
                return nil
            }
            return state.waiters.removeFirst()
        }?.continuation.resume(returning: true)
    }
}
