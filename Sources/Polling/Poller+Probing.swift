package import Exposition
package import KoreAI
package import Model
import Scheduling
import Synchronization
import Tracking

extension Poller {
    /// Asks some targets now, within what their budgets keep for it, and waits until what came is stored and shown. Where
    /// a target is being asked already, that is waited for.
    ///
    /// - Parameters:
    ///   - targets: None twice.
    ///   - timeout: Nothing is waited for longer than this; polls that began go on.
    package func probe(_ targets: [Target], within timeout: Duration) async -> ProbeReport {
        let start = clock.now
        let (told, continuation) = AsyncStream.makeStream(of: (target: Target, outcome: ProbeOutcome).self)
        let number = state.withLock { state in
            for target in targets { state.probes.want(target) }
            return waiters.add(continuation, for: targets)
        }
        startProbes()
        let outcomes = await withTaskGroup(of: Void.self) { group in
            group.addTask { [clock] in
                try? await clock.sleep(until: start + timeout)
                continuation.finish()
            }
            defer { group.cancelAll() }
            var outcomes: [Target: ProbeOutcome] = [:]
            for await (target, outcome) in told {
                outcomes[target] = outcome
                if outcomes.count == targets.count { break }
            }
            return outcomes
        }
        state.withLock { state in
            waiters.remove(number, of: targets)
            state.probes.keep(where: waiters.isAwaited)
        }
        return ProbeReport(targets: targets.map { ($0, outcomes[$0] ?? .late) }, duration: clock.now - start)
    }

    /// The bot's families, of these of its targets alone, as they are shown now.
    package func excerpt(ofBot bot: String, _ targets: [Target]) -> Registry {
        let groups =
            [(PollFamilies.botInfo, SeriesGroup([bot]))]
            + targets.flatMap { PollRecord($0).emptyFamilies().map { ($0.family, $0.group) } }
        return registry.excerpt(of: groups)
    }

    /// Asks as many of the wanted targets as may be asked now.
    func startProbes() {
        let (tickets, others) = state.withLock { $0.takeProbes(now: clock.now) }
        for ticket in tickets { probeWork.yield(.poll(ticket)) }
        for (target, outcome) in others { waiters.take(target).notify(outcome, of: target) }
    }

    /// A poll has ended, and made room for others.
    ///
    /// - Parameter hasWanted: Whether targets wait to be asked.
    func notifyProbes(_ reply: PollReply, of target: Target, hasWanted: Bool) {
        let group = waiters.take(target)
        if !group.isEmpty { probeWork.yield(.notify(group, .polled(reply), of: target)) }
        if hasWanted { startProbes() }
    }
}

extension PollState {
    /// Takes as many of the wanted targets as may be asked now: the schedule's own polls keep half of the requests that
    /// may be under way.
    ///
    /// - Returns: Their tickets, after which ``finish(_:_:now:at:)`` has to follow, and what came of the others that will
    ///   not be asked.
    mutating func takeProbes(now: Instant) -> (tickets: [PollTicket], others: [(target: Target, outcome: ProbeOutcome)])
    {
        var tickets: [PollTicket] = []
        var others: [(target: Target, outcome: ProbeOutcome)] = []
        while schedule.inFlight < limit, probes.inFlight.count < max(1, limit / 2), let target = probes.takeFirst() {
            guard let number = numbers[target] else {
                others.append((target, .gone))
                continue
            }
            switch schedule.takeProbe(number, now: now) {
            case .taken:
                probes.began(target)
                tickets.append(ticket(number, isDelayed: false, now: now))
            case .inFlight: break
            case .outOfBudget: others.append((target, .outOfBudget))
            case .parked: others.append((target, .credentialRefused(records[number].error)))
            }
        }
        return (tickets, others)
    }
}

/// The result of a probe for one target.
package enum ProbeOutcome: Sendable {
    /// The target was asked. Its reply is shown, and stored where the store works.
    case polled(PollReply)
    /// Not even the reserve of its budget had a request left, or the platform asked for a pause. Nothing was sent.
    case outOfBudget
    /// Its credential is refused, and another target of its budget finds out when that is over. Nothing was sent.
    case credentialRefused(APIError?)
    /// The target is not polled any more. Nothing was sent.
    case gone
    /// Nothing came in time. What comes later is taken in as every other reply.
    case late

    package var isSuccess: Bool {
        guard case .polled(let reply) = self, case .success = reply.result else { return false }
        return true
    }
}

/// The result of a probe for all its targets.
package struct ProbeReport: Sendable {
    /// The targets in the order in which they were asked for.
    package var targets: [(target: Target, outcome: ProbeOutcome)]
    package var duration: Duration

    /// Whether each of them gave a usable reply.
    package var isSuccess: Bool {
        targets.allSatisfy(\.outcome.isSuccess)
    }
}
