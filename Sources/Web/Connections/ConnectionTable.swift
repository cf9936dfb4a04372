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
        /// All that hold a descriptor, also those that gave way and are not closed yet.
        var open: Set<ObjectIdentifier> = []
        /// Called once there is room.
        var pauses: [@Sendable () -> Void] = []
        var lastPauseLogged: ContinuousClock.Instant?
    }

    /// A pause is logged no more often than this: bursts of connections have many.
    private static let pauseLogInterval = Duration.seconds(60)

    private let limit: Int
    private let capacity: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - limit: Over this, one connection gives way to another.
    ///   - capacity: With so many open, no more are accepted: what descriptors are left is for other things. Above the limit,
    ///     so that one that asks is heard while another gives way.
    package init(limit: Int, capacity: Int = .max) {
        self.limit = limit
        self.capacity = capacity
    }

    /// A connection was accepted, or is set up; it holds a descriptor until it is closed.
    func opened(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        guard state.withLock({ $0.open.insert(id).inserted }) else { return }
        channel.closeFuture.whenComplete { _ in self.closed(id) }
    }

    private func closed(_ id: ObjectIdentifier) {
        let ready = state.withLock { state -> [@Sendable () -> Void] in
            state.open.remove(id)
            guard state.open.count < capacity else { return [] }
            defer { state.pauses = [] }
            return state.pauses
        }
        for goOn in ready { goOn() }
    }

    /// Whether one more connection may be accepted.
    var hasRoom: Bool {
        state.withLock { $0.open.count < capacity }
    }

    var openCount: Int {
        state.withLock { $0.open.count }
    }

    /// Calls back once, on the event loop of the caller, when there is room, which may be now.
    func whenThereIsRoom(on eventLoop: any EventLoop, _ goOn: @escaping () -> Void) {
        let bound = NIOLoopBound(goOn, eventLoop: eventLoop)
        let wake: @Sendable () -> Void = { eventLoop.execute { bound.value() } }
        let isRoom = state.withLock { state in
            if state.open.count >= capacity { state.pauses.append(wake) }
            return state.open.count < capacity
        }
        if isRoom { wake() }
    }

    /// Whether a pause is to be logged now.
    func mayLogPause(at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            if let last = state.lastPauseLogged, now - last < Self.pauseLogInterval { return false }
            state.lastPauseLogged = now
            return true
        }
    }

    /// A new connection; another one gives way where there are too many.
    ///
    /// - Returns: What it is called here.
    func admit(_ channel: any Channel) -> Int {
        opened(channel)
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
        // Not `close`, which waits for the other side where there is TLS, with the descriptor held.
        if let victim {
            let gaveWay = victim.eventLoop.makePromise(of: Void.self)
            gaveWay.futureResult.whenFailure { _ in victim.close(promise: nil) }
            victim.triggerUserOutboundEvent(ConnectionEvent.gaveWay, promise: gaveWay)
        }
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
