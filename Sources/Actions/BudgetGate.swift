import KoreAI
package import Scheduling
import Synchronization

/// The budgets of one command: what it asks of the platform goes through here.
///
/// They begin full, because a command does not know what an exporter beside it has asked. An exporter leaves a tenth of
/// each budget to triggers, and a command asks little: see ``interval(of:sharing:)``.
package final class BudgetGate: Sendable {
    private struct State {
        var budgets: [String: Budget] = [:]
    }

    private let limits: BudgetLimits
    private let origin = ContinuousClock.now
    private let state = Mutex(State())

    package init(_ limits: BudgetLimits) {
        self.limits = limits
    }

    /// Takes one request out of a budget.
    ///
    /// - Returns: `nil` where it may be made, and ``settle(_:_:)`` has to follow; otherwise when to try again.
    func take(_ use: Budget.Use, of name: String) -> ContinuousClock.Instant? {
        let now = milliseconds
        return state.withLock { state in
            var budget = state.budgets[name] ?? Budget(limits, now: now)
            defer { state.budgets[name] = budget }
            if budget.take(use, now: now) { return nil }
            return origin + .milliseconds(budget.nextChance(for: use, now: now))
        }
    }

    /// Takes one request out of a budget, as soon as there is room for it.
    ///
    /// - Throws: `CancellationError`.
    func wait(for use: Budget.Use, of name: String) async throws {
        while let chance = take(use, of: name) {
            try await ContinuousClock().sleep(until: chance)
        }
    }

    /// Makes a request that was taken, and settles it.
    func settling<Value>(
        _ name: String,
        _ call: () async throws -> Result<Value, APIError>
    ) async throws -> Result<Value, APIError> {
        do {
            let result = try await call()
            settle(name, result.failure)
            return result
        } catch {
            settle(name, nil)
            throw error
        }
    }

    /// A request that was taken has ended.
    ///
    /// - Parameter error: Why it gave no usable reply.
    func settle(_ name: String, _ error: APIError?) {
        let now = milliseconds
        state.withLock { state in
            if error?.reason == .throttled {
                let retryAfter = error?.retryAfter.map { Int64(min($0, .seconds(3600)) / .milliseconds(1)) }
                state.budgets[name]?.throttle(retryAfter: retryAfter, now: now)
            } else {
                state.budgets[name]?.accept(now: now)
            }
        }
    }

    /// A sentence about a budget with nothing left.
    func exhaustion(of name: String) -> String {
        """
        the budget of \(name) is used up: it allows \(limits.perMinute) requests a minute and \(limits.perHour) an hour
        """
    }

    /// Between two polls of one of several actions on a budget: as configured, or longer where together they would ask
    /// for more than half of what the budget sustains, so that an exporter beside them has the other half.
    package func interval(of configured: Duration, sharing actions: Int) -> Duration {
        let sustained = min(Double(limits.perMinute), Double(limits.perHour) / 60)
        return max(configured, .seconds(60) * (Double(max(1, actions)) * 2 / sustained))
    }

    private var milliseconds: Int64 {
        Int64((ContinuousClock.now - origin) / .milliseconds(1))
    }
}
