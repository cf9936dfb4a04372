/// Counts of the requests and connections of a ``Simulator``.
package struct RequestCounts: Sendable, Hashable, Encodable {
    /// The requests with one method, path and query.
    package struct Target: Sendable, Hashable, Encodable {
        package var count = 0
        package var inFlight = 0
        /// The most requests in flight at once. Above 1, a client asked again before it had its reply.
        package var maxInFlight = 0
        /// The HTTP status of the last reply; 0 where there was none.
        package var lastStatus = 0
        package var lastAt: SimulatorTime?
        /// The longest time between the beginnings of two requests, in milliseconds.
        package var longestGapMilliseconds: Int64 = 0

        enum CodingKeys: String, CodingKey {
            case count, inFlight, maxInFlight, lastStatus, lastAt
            case longestGapMilliseconds = "longest_gap_ms"
        }

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

    package var total = 0
    package var inFlight = 0
    package var maxInFlight = 0
    /// By the endpoint's raw value.
    package var byEndpoint: [String: Int] = [:]
    /// By bot id; only known bots are counted.
    package var byBot: [String: Int] = [:]
    /// By HTTP status; 0 for none.
    package var byStatus: [String: Int] = [:]
    /// By `GET /api/public/…?…`. At most 20,000; requests beyond are counted under `other`.
    package var targets: [String: Target] = [:]
    /// Requests that followed a redirect, which a client with a token should not do.
    package var redirectsFollowed = 0
    package var openConnections = 0
    package var maxOpenConnections = 0
    package var acceptedConnections = 0
}

extension RequestCounts {
    /// - Returns: The key of the request for ``end(_:status:)``.
    mutating func begin(_ request: APIRequest, target: String, isKnownBot: Bool, at now: SimulatorTime) -> String {
        total += 1
        inFlight += 1
        maxInFlight = max(maxInFlight, inFlight)
        byEndpoint[request.endpoint.rawValue, default: 0] += 1
        if let bot = request.bot, isKnownBot { byBot[bot, default: 0] += 1 }
        let key = targets[target] != nil || targets.count < 20_000 ? target : "other"
        targets[key, default: Target()].begin(at: now)
        return key
    }

    /// - Parameter status: The HTTP status of the reply; 0 where there was none.
    mutating func end(_ target: String, status: Int) {
        inFlight -= 1
        byStatus[String(status), default: 0] += 1
        targets[target]?.inFlight -= 1
        targets[target]?.lastStatus = status
    }

    mutating func openConnection() {
        openConnections += 1
        acceptedConnections += 1
        maxOpenConnections = max(maxOpenConnections, openConnections)
    }

    mutating func closeConnection() {
        openConnections -= 1
    }

    /// Counts from 0 again, except open connections and requests in flight.
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

extension Simulator {
    /// The counts so far.
    package func requests() -> RequestCounts {
        update { state, _ in state.counts }
    }

    /// Counts from 0 again, except open connections and requests in flight.
    package func resetRequests() {
        update { state, _ in state.counts.reset() }
    }

    /// Waits until the counts meet a condition, so that a test need not sleep.
    ///
    /// - Throws: `CancellationError`.
    @discardableResult
    package func requests(until condition: @escaping @Sendable (RequestCounts) -> Bool) async throws -> RequestCounts {
        let (changes, continuation) = AsyncStream.makeStream(of: RequestCounts.self)
        let id = update { state, _ in
            state.lastWatcher += 1
            state.watchers[state.lastWatcher] = continuation
            continuation.yield(state.counts)
            return state.lastWatcher
        }
        defer { update { state, _ in state.watchers[id] = nil } }
        for await counts in changes where condition(counts) { return counts }
        throw CancellationError()
    }
}
