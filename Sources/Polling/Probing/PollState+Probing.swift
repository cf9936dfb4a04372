import Scheduling
import Tracking

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
