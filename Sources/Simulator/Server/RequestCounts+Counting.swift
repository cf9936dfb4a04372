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
