import DequeModule
import Synchronization

/// Lets one task pass at a time, and turns away those that would wait behind too many.
final class Gate: Sendable {
    private struct State {
        var isBusy = false
        var waiting: Deque<CheckedContinuation<Void, Never>> = []
    }

    private enum Entry {
        case now, turn, never
    }

    private let mostWaiting: Int
    private let state = Mutex(State())

    init(mostWaiting: Int) {
        self.mostWaiting = mostWaiting
    }

    /// Runs `body` once it is its turn.
    ///
    /// - Returns: `nil` where too many wait already.
    func pass<Value>(_ body: () async -> Value) async -> Value? {
        let entry = state.withLock { state -> Entry in
            if !state.isBusy {
                state.isBusy = true
                return .now
            }
            return state.waiting.count < mostWaiting ? .turn : .never
        }
        switch entry {
        case .now: break
        case .never: return nil
        case .turn:
            await withCheckedContinuation { continuation in
                let isFree = state.withLock { state in
                    guard state.isBusy else {
                        state.isBusy = true
                        return true
                    }
                    state.waiting.append(continuation)
                    return false
                }
                if isFree { continuation.resume() }
            }
        }
        let value = await body()
        // The next one takes over: the gate stays busy.
        state.withLock { state in
            let next = state.waiting.popFirst()
            state.isBusy = next != nil
            return next
        }?.resume()
        return value
    }
}
