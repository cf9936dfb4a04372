import Synchronization

/// A lock for tasks, first come, first served. A task that waits for it holds no thread.
///
/// A task that is cancelled while it waits stops waiting, except in ``hold(_:)``.
package final class AsyncLock: Sendable {
    private struct Waiter {
        let id: Int
        /// Resumed with `true` when the task gets the lock, with `false` when it is cancelled.
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var isHeld = false
        var lastID = 0
        var waiters: [Waiter] = []
    }

    private let maxWaiting: Int
    private let state = Mutex(State())

    /// - Parameter maxWaiting: While this many tasks wait, ``withLockUnlessCrowded(_:)`` returns `nil` at once.
    package init(maxWaiting: Int = .max) {
        self.maxWaiting = maxWaiting
    }

    /// Runs `body` while no other task holds the lock.
    ///
    /// - Throws: `CancellationError` if the task is cancelled before it has the lock, and what `body` throws.
    package func withLock<Value>(_ body: () async throws -> Value) async throws -> Value {
        guard await acquire(maxWaiting: .max, isCancellable: true) else { throw CancellationError() }
        defer { release() }
        return try await body()
    }

    /// Runs `body` while no other task holds the lock, unless too many wait for it already.
    ///
    /// - Returns: `nil` if too many tasks wait, or if the task is cancelled before it has the lock.
    package func withLockUnlessCrowded<Value>(_ body: () async -> Value) async -> Value? {
        guard await acquire(maxWaiting: maxWaiting, isCancellable: true) else { return nil }
        defer { release() }
        return await body()
    }

    /// Runs `body` while no other task holds the lock, even if the task is cancelled.
    ///
    /// For what must be done before the process ends, such as the last commit.
    package func hold<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        _ = await acquire(maxWaiting: .max, isCancellable: false)
        defer { release() }
        return try await body()
    }

    /// Waits for the lock, unless `maxWaiting` tasks wait for it already.
    ///
    /// - Returns: Whether the lock was acquired.
    private func acquire(maxWaiting: Int, isCancellable: Bool) async -> Bool {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isAcquired: Bool? = state.withLock { state in
                    // Checked under the mutex: if the task is cancelled later, `onCancel` finds the waiter that is
                    // added here.
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
