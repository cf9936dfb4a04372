import Exposition
import KoreAI
import Tracking

/// The counters of polling: the requests to the platform, and what became of their replies.
struct PollMetrics: Sendable {
    private let requests: CounterVector
    private let failures: CounterVector
    private let durations: HistogramVector
    private let throttled: CounterVector
    private let delayed: CounterVector
    private let unrecognized: CounterVector
    private let storeFailures: CounterVector

    init(registry: Registry) {
        requests = CounterVector(PollFamilies.requests, in: registry)
        failures = CounterVector(PollFamilies.requestFailures, in: registry)
        durations = HistogramVector(
            PollFamilies.requestDuration,
            bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
            in: registry
        )
        throttled = CounterVector(PollFamilies.throttled, in: registry)
        delayed = CounterVector(PollFamilies.pollsDelayed, in: registry)
        unrecognized = CounterVector(PollFamilies.unrecognized, in: registry)
        storeFailures = CounterVector(PollFamilies.storeWriteFailures, known: [[]], in: registry)
    }

    /// The counters of what will be polled start at 0, and those of bots and budgets that are gone vanish.
    func know(_ plan: PollPlan) {
        let endpoints = Set(plan.targets.map(\.target.collector.endpoint))
        let reasons = endpoints.flatMap { endpoint in
            APIError.Reason.allCases.map { [endpoint.rawValue, $0.rawValue] }
        }
        failures.know(reasons)
        throttled.keepOnly(Set(plan.targets.map { [$0.budget] }))
        delayed.keepOnly(Set(plan.targets.map { [$0.target.bot] }))
    }

    /// A commit to the store failed.
    func countStoreFailure() {
        storeFailures.add(to: [])
    }

    /// A poll came later than wanted for want of budget.
    func countDelay(of target: PollTarget) {
        delayed.add(to: [target.target.bot])
    }

    func count(_ reply: PollReply, of target: PollTarget) {
        let endpoint = reply.endpoint.rawValue
        requests.add(to: [endpoint, String(reply.code)])
        durations.observe(reply.duration / .seconds(1), [endpoint])
        switch reply.result {
        case .success(let decoded):
            for value in decoded.unrecognized {
                unrecognized.add(to: [target.target.collector.rawValue, value.field])
            }
        case .failure(let error):
            failures.add(to: [endpoint, error.reason.rawValue])
            if error.reason == .throttled {
                throttled.add(to: [target.budget])
            }
        }
    }
}
