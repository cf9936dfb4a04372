import NIOCore
import OrderedCollections
import Synchronization

/// The connections of all addresses, so that they stay below a limit.
///
/// The connection that has waited longest for a request gives way to a new one, and where none waits, the one whose
/// answer takes longest. So whoever opens many connections and says nothing, or reads nothing, ends his own, and a
/// client that asks at once is always heard.
package final class ConnectionTable: Sendable {
    private struct State {
        var nextID = 0
        /// Those without a request, the one that has waited longest first.
        var waiting: OrderedDictionary<Int, any Channel> = [:]
        /// Those with one, the oldest first.
        var answering: OrderedDictionary<Int, any Channel> = [:]
    }

    private let limit: Int
    private let state = Mutex(State())

    package init(limit: Int) {
        self.limit = limit
    }

    /// A new connection; another one gives way where there are too many.
    ///
    /// - Returns: What it is called here.
    func admit(_ channel: any Channel) -> Int {
        let (id, victim) = state.withLock { state in
            var victim: (any Channel)?
            if state.waiting.count + state.answering.count >= limit {
                victim =
                    state.waiting.isEmpty
                    ? state.answering.removeFirst().value : state.waiting.removeFirst().value
            }
            state.nextID += 1
            state.waiting[state.nextID] = channel
            return (state.nextID, victim)
        }
        victim?.close(promise: nil)
        return id
    }

    /// A request of the connection is being answered.
    func beginsAnswer(_ id: Int) {
        state.withLock { state in
            // One that gave way is not here any more.
            guard let channel = state.waiting.removeValue(forKey: id) else { return }
            state.answering[id] = channel
        }
    }

    /// The connection waits for its next request.
    func endsAnswer(_ id: Int) {
        state.withLock { state in
            guard let channel = state.answering.removeValue(forKey: id) else { return }
            state.waiting[id] = channel
        }
    }

    /// The connection ended.
    func ended(_ id: Int) {
        state.withLock { state in
            state.waiting.removeValue(forKey: id)
            state.answering.removeValue(forKey: id)
        }
    }

    var count: Int {
        state.withLock { $0.waiting.count + $0.answering.count }
    }
}
