package import Exposition
import Synchronization
package import Tracking

extension Poller {
    /// Asks some targets now, within what their budgets keep for it, and waits until what came is stored and shown. Where
    /// a target is being asked already, that is waited for.
    ///
    /// - Parameters:
    ///   - targets: None twice.
    ///   - patience: Nothing is waited for longer than this; polls that began go on.
    package func probe(_ targets: [Target], within patience: Duration) async -> ProbeReport {
        let start = clock.now
        let (told, continuation) = AsyncStream.makeStream(of: (target: Target, outcome: ProbeOutcome).self)
        let number = state.withLock { state in
            for target in targets { state.probes.want(target) }
            return waiters.add(continuation, for: targets)
        }
        startProbes()
        let outcomes = await withTaskGroup(of: Void.self) { group in
            group.addTask { [clock] in
                try? await clock.sleep(until: start + patience)
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
        for (target, outcome) in others { waiters.take(target).tell(outcome, of: target) }
    }

    /// A poll has ended, and made room for others.
    ///
    /// - Parameter hasWanted: Whether targets wait to be asked.
    func tellProbes(_ reply: PollReply, of target: Target, hasWanted: Bool) {
        let group = waiters.take(target)
        if !group.isEmpty { probeWork.yield(.tell(group, .polled(reply), of: target)) }
        if hasWanted { startProbes() }
    }
}
