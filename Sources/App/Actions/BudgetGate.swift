package import Archive
import KoreAI
import Model
package import Polling
package import Scheduling
import Synchronization
import Tracking

/// Holds the budgets of one command, which each of its requests to the platform has to pass.
///
/// They begin with what an exporter beside it has asked, where that is known; see ``resume()``. An exporter leaves a
/// tenth of each budget to commands, and a command asks little: see ``interval(of:sharing:)``.
package final class BudgetGate: Sendable {
    /// The budget that a request is counted in.
    package enum Payer: Sendable {
        /// A status call about a target.
        case poll(PollTarget)
        /// Any other request.
        case call(RequestBudget)
    }

    private struct State {
        /// The budgets of targets that have their own.
        var targets: Budgets<String>
        /// What targets with their own budgets share; it refuses nothing before the platform has throttled.
        var ceilings: Budgets<RequestBudget>
        var others: Budgets<RequestBudget>
    }

    /// More targets than any bot has.
    private static let manyTargets = 10_000

    private let limits: BudgetLimits
    private let clock = ContinuousClock()
    private let clocks = SystemClocks()
    private let state: Mutex<State>
    private let ledger: CommandLedger?
    /// Requests that the exporter beside this command has yet to be told of.
    private let untold = Mutex<[CommandRequest]>([])

    /// - Parameter ledger: Tells the exporter beside this command what is asked; `nil` where none is known.
    package init(_ limits: BudgetLimits, ledger: CommandLedger? = nil) {
        self.limits = limits
        self.ledger = ledger
        let now = clock.now
        let initial = State(
            targets: Budgets(limits, origin: now),
            ceilings: Budgets(limits.sum(of: Self.manyTargets), origin: now),
            others: Budgets(limits, origin: now)
        )
        state = Mutex(initial)
    }

    /// Takes over what the exporter beside this command, and other commands, have asked.
    package func resume() async {
        guard let ledger else { return }
        let (values, requests) = await ledger.read(valuesNamed: StoredBudget.prefix)
        let (now, moment) = (clock.now, clocks.now)
        state.withLock { state in
            for (key, bytes) in values {
                guard let saved = try? StoredBudget(bytes) else { continue }
                let away = saved.away(until: moment)
                switch RequestBudget(keptAs: key) {
                case nil: state.targets.restore(key, saved.budget, away: away, now: now)
                case .status(let name)?:
                    state.ceilings.restore(.status(name), saved.budget, away: away, now: now)
                    state.others.restore(.status(name), saved.budget, away: away, now: now)
                case let budget?: state.others.restore(budget, saved.budget, away: away, now: now)
                }
            }
            for request in requests {
                let ago = Duration.milliseconds(moment.milliseconds(since: request.moment) ?? 0)
                if let target = request.target {
                    state.targets.add(requestOf: StoredBudget.key(of: target), ago: ago, now: now)
                }
                guard let budget = RequestBudget(label: request.budget) else { continue }
                if case .status = budget { state.ceilings.add(requestOf: budget, ago: ago, now: now) }
                state.others.add(requestOf: budget, ago: ago, now: now)
            }
        }
    }

    /// Takes one request out of a budget.
    ///
    /// - Returns: `nil` where the request may be made, and ``settle(_:_:)`` has to follow; otherwise when to try again.
    func take(_ use: Budget.Use, _ payer: Payer) -> ContinuousClock.Instant? {
        let now = clock.now
        return state.withLock { state in
            switch payer {
            case .call(let budget): return state.others.take(use, of: budget, now: now)
            case .poll(let target) where !target.hasOwnBudget:
                return state.others.take(use, of: target.budget, now: now)
            case .poll(let target):
                if let chance = state.ceilings.take(use, of: target.budget, now: now) { return chance }
                let chance = state.targets.take(use, of: target.ownBudget, now: now)
                if chance != nil { state.ceilings.giveBack(target.budget) }
                return chance
            }
        }
    }

    /// Takes one request out of a budget, and waits until the budget allows it.
    ///
    /// - Throws: `CancellationError`.
    func wait(for use: Budget.Use, _ payer: Payer) async throws {
        while let chance = take(use, payer) {
            try await clock.sleep(until: chance)
        }
    }

    /// Makes a request that was taken from the budget, and settles it.
    func settling<Value>(
        _ payer: Payer,
        _ call: () async throws -> APICall<Value>
    ) async throws -> Result<Value, APIError> {
        do {
            let call = try await call()
            settle(payer, call)
            await report()
            return call.result.map(\.value)
        } catch {
            settle(payer, nil)
            throw error
        }
    }

    /// Settles a request that was taken, and notes it for ``report()``.
    func settle<Value>(_ payer: Payer, _ call: APICall<Value>) {
        settle(payer, call.result.failure)
        guard ledger != nil else { return }
        let (budget, target): (RequestBudget, Target?) =
            switch payer {
            case .call(let budget): (budget, nil)
            case .poll(let target): (target.budget, target.hasOwnBudget ? target.target : nil)
            }
        var request = CommandRequest(
            moment: clocks.now,
            budget: budget.label,
            target: target,
            endpoint: call.endpoint.rawValue,
            code: call.code,
            reason: call.result.failure?.reason.rawValue,
            duration: call.duration
        )
        untold.withLock { untold in
            untold.append(request)
            // The requests before the last died with their connection, without a reply.
            request.code = 0
            request.reason = nil
            untold += Array(repeating: request, count: max(0, call.requests - 1))
        }
    }

    /// Tells the exporter beside this command what was asked since the last call.
    func report() async {
        let requests = untold.withLock { untold in
            defer { untold = [] }
            return untold
        }
        await ledger?.write(requests)
    }

    /// Settles a request that was taken.
    ///
    /// - Parameter error: Why it gave no usable reply; `nil` where it gave one.
    func settle(_ payer: Payer, _ error: APIError?) {
        let now = clock.now
        let outcome = Schedule.Outcome(of: error)
        state.withLock { state in
            switch payer {
            case .call(let budget): state.others.end(budget, outcome, now: now)
            case .poll(let target) where !target.hasOwnBudget: state.others.end(target.budget, outcome, now: now)
            case .poll(let target):
                if case .throttled(let retryAfter) = outcome {
                    Budgets.throttle(
                        own: &state.targets,
                        target.ownBudget,
                        above: &state.ceilings,
                        target.budget,
                        retryAfter: retryAfter,
                        now: now
                    )
                } else {
                    state.targets.end(target.ownBudget, outcome, now: now)
                    state.ceilings.end(target.budget, outcome, now: now)
                }
            }
        }
    }

    /// A sentence about a budget with nothing left.
    func exhaustion(of payer: Payer) -> String {
        let name =
            switch payer {
            case .call(let budget): budget.label
            case .poll(let target): target.hasOwnBudget ? "\(target.target)" : target.budget.label
            }
        return """
            the budget of \(name) is used up: it allows \(limits.perMinute) requests a minute and \(limits.perHour) an hour
            """
    }

    /// The time between two polls of one of several actions on a budget: as configured, or longer where together they
    /// would ask for more than half of what the budget sustains, so that an exporter beside them has the other half.
    package func interval(of configured: Duration, sharing actions: Int) -> Duration {
        let sustained = min(Double(limits.perMinute), Double(limits.perHour) / 60)
        return max(configured, .seconds(60) * (Double(max(1, actions)) * 2 / sustained))
    }
}
