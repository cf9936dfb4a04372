import Synchronization

/// Lets one caller at a time do a piece of work whose result all of them want.
///
/// The others wait until it is done and then look for the result; where there is none, one of them is next.
final class SingleFlight: Sendable {
    private struct State {
        var isBusy = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// - Parameters:
    ///   - ready: The result, where it is there by now.
    ///   - make: The work: short, as waiting callers do not react to cancellation.
    func callAsFunction<Value: Sendable>(
        ready: () throws -> Value?,
        make: () async throws -> Value
    ) async throws -> Value {
        while true {
            if let value = try ready() { return value }
            if begin() { break }
            await currentEnds()
        }
        defer { finish() }
        // Another caller may have finished between the question above and the beginning here.
        if let value = try ready() { return value }
        return try await make()
    }

    private func begin() -> Bool {
        state.withLock { state in
            defer { state.isBusy = true }
            return !state.isBusy
        }
    }

    private func currentEnds() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.isBusy { state.waiting.append(continuation) }
                return !state.isBusy
            }
            if isOver { continuation.resume() }
        }
    }

    private func finish() {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            state = State()
            return waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
