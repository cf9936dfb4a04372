import NIOCore
import OrderedCollections
import Synchronization

/// The open connections of all addresses, kept below a limit.
///
/// A new connection over the limit closes the one that has waited longest for a request, or if none waits, the one
/// whose answer began first. So a client that opens many and sends or reads nothing loses its own, and a client that
/// sends its request at once gets an answer.
package final class ConnectionTable: Sendable {
    private struct State {
        var nextID = 0
        /// Connections without a request, the one that has waited longest first.
        var waiting: OrderedDictionary<Int, any Channel> = [:]
        /// Connections that are being answered, the oldest answer first.
        var answering: OrderedDictionary<Int, any Channel> = [:]
        /// All connections that hold a descriptor, also those that must close for another one and are not closed yet.
        var open: Set<ObjectIdentifier> = []
        /// Called once when there is room again.
        var pauses: [@Sendable () -> Void] = []
        var lastPauseLogged: ContinuousClock.Instant?
    }

    /// The least time between two log lines about pauses: a burst of connections causes many pauses.
    private static let pauseLogInterval = Duration.seconds(60)

    private let limit: Int
    private let capacity: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - limit: With this many connections, a new one closes another one.
    ///   - capacity: With this many open connections, no more are accepted: the other descriptors are reserved. It is
    ///     above `limit`, so that a new connection is accepted while another one still closes.
    package init(limit: Int, capacity: Int = .max) {
        self.limit = limit
        self.capacity = capacity
    }

    /// Notes a connection that was accepted or is being set up. It holds a descriptor until it is closed.
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

    /// Calls `goOn` once on the event loop as soon as there is room, which may be at once.
    func whenThereIsRoom(on eventLoop: any EventLoop, _ goOn: @escaping () -> Void) {
        let bound = NIOLoopBound(goOn, eventLoop: eventLoop)
        let wake: @Sendable () -> Void = { eventLoop.execute { bound.value() } }
        let isRoom = state.withLock { state in
            if state.open.count >= capacity { state.pauses.append(wake) }
            return state.open.count < capacity
        }
        if isRoom { wake() }
    }

    /// Whether to log a pause now; if so, the interval starts again.
    func mayLogPause(at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            if let last = state.lastPauseLogged, now - last < Self.pauseLogInterval { return false }
            state.lastPauseLogged = now
            return true
        }
    }

    /// Adds a new connection, and closes another one if there are too many.
    ///
    /// - Returns: The connection's number in this table.
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
        // `close` would wait for the TLS shutdown of the client, and keep the descriptor meanwhile.
        if let victim {
            let gaveWay = victim.eventLoop.makePromise(of: Void.self)
            gaveWay.futureResult.whenFailure { _ in victim.close(promise: nil) }
            victim.triggerUserOutboundEvent(ConnectionEvent.gaveWay, promise: gaveWay)
        }
        return id
    }

    /// Notes that a request of the connection is being answered.
    func beginsAnswer(_ id: Int) {
        state.withLock { state in
            // The entry is missing if the connection has to close for another one.
            guard let channel = state.waiting.removeValue(forKey: id) else { return }
            state.answering[id] = channel
        }
    }

    /// Notes that the connection waits for its next request.
    func endsAnswer(_ id: Int) {
        state.withLock { state in
            guard let channel = state.answering.removeValue(forKey: id) else { return }
            state.waiting[id] = channel
        }
    }

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
