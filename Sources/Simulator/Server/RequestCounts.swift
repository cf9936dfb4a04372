import Synchronization

/// What a ``Simulator`` was asked, and how.
package struct RequestCounts: Sendable, Hashable, Encodable {
    /// Of one method, path and query.
    package struct Target: Sendable, Hashable, Encodable {
        package var count = 0
        package var inFlight = 0
        /// The most requests that were in flight at once. Above 1 a client asked again before it had its answer.
        package var maxInFlight = 0
        /// Of the last reply; 0 where it was none.
        package var lastStatus = 0
        package var lastAt: SimulatorTime?
        /// The longest time between the beginnings of two requests, in milliseconds.
        package var longestGapMilliseconds: Int64 = 0

        enum CodingKeys: String, CodingKey {
            case count
            case inFlight = "in_flight"
            case maxInFlight = "max_in_flight"
            case lastStatus = "last_status"
            case lastAt = "last_at"
            case longestGapMilliseconds = "longest_gap_ms"
        }
    }

    package var total = 0
    package var inFlight = 0
    package var maxInFlight = 0
    /// By `endpoint`'s raw value.
    package var byEndpoint: [String: Int] = [:]
    /// By bot id, of known bots.
    package var byBot: [String: Int] = [:]
    /// By HTTP status; 0 for none.
    package var byStatus: [String: Int] = [:]
    /// By `GET /api/public/…?…`. At most 20,000; requests beyond are counted under `other`.
    package var targets: [String: Target] = [:]
    /// Requests that followed a redirect, which no client that carries a token should.
    package var redirectsFollowed = 0
    package var openConnections = 0
    package var maxOpenConnections = 0
    package var acceptedConnections = 0

    enum CodingKeys: String, CodingKey {
        case total, targets
        case inFlight = "in_flight"
        case maxInFlight = "max_in_flight"
        case byEndpoint = "by_endpoint"
        case byBot = "by_bot"
        case byStatus = "by_status"
        case redirectsFollowed = "redirects_followed"
        case openConnections = "open_connections"
        case maxOpenConnections = "max_open_connections"
        case acceptedConnections = "accepted_connections"
    }
}

extension RequestCounts {
    /// A request that has begun, for its end.
    struct Ticket: Sendable {
        var target: String
    }

    mutating func begin(_ request: APIRequest, target: String, isKnownBot: Bool, at now: SimulatorTime) -> Ticket {
        total += 1
        inFlight += 1
        maxInFlight = max(maxInFlight, inFlight)
        byEndpoint[request.endpoint.rawValue, default: 0] += 1
        if let bot = request.bot, isKnownBot { byBot[bot, default: 0] += 1 }
        let key = targets[target] != nil || targets.count < 20_000 ? target : "other"
        targets[key, default: Target()].begin(at: now)
        return Ticket(target: key)
    }

    /// - Parameter status: Of the reply; 0 where it was none.
    mutating func end(_ ticket: Ticket, status: Int) {
        inFlight -= 1
        byStatus[String(status), default: 0] += 1
        targets[ticket.target]?.inFlight -= 1
        targets[ticket.target]?.lastStatus = status
    }

    mutating func openConnection() {
        openConnections += 1
        acceptedConnections += 1
        maxOpenConnections = max(maxOpenConnections, openConnections)
    }

    mutating func closeConnection() {
        openConnections -= 1
    }

    /// Starts anew; what is open or in flight stays.
    mutating func reset() {
        var fresh = RequestCounts()
        fresh.inFlight = inFlight
        fresh.maxInFlight = inFlight
        fresh.openConnections = openConnections
        fresh.maxOpenConnections = openConnections
        fresh.targets = targets.compactMapValues { target in
            target.inFlight > 0 ? Target(inFlight: target.inFlight, maxInFlight: target.inFlight) : nil
        }
        self = fresh
    }
}

extension RequestCounts.Target {
    fileprivate mutating func begin(at now: SimulatorTime) {
        count += 1
        inFlight += 1
        maxInFlight = max(maxInFlight, inFlight)
        if let lastAt {
            longestGapMilliseconds = max(longestGapMilliseconds, now.milliseconds - lastAt.milliseconds)
        }
        lastAt = now
    }
}

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

extension Simulator {
    /// What was asked so far.
    package func requests() -> RequestCounts {
        update { state, _ in state.counts }
    }

    /// Counts from nothing again; connections and requests that are under way stay counted.
    package func resetRequests() {
        update { state, _ in state.counts.reset() }
    }

    /// Waits until what was asked comes to something, so that a test need not sleep.
    ///
    /// - Throws: `CancellationError`.
    @discardableResult
    package func requests(
        until condition: @escaping @Sendable (RequestCounts) -> Bool
    ) async throws -> RequestCounts {
        try await watch.wait(for: condition, counts: requests)
    }
}
