import Exposition
import KoreAI
import Tracking

/// The counters of the exporter's requests to the platform.
struct APIMetrics: Sendable {
    private let requests: CounterVector
    private let failures: CounterVector
    private let durations: HistogramVector
    private let throttled: CounterVector
    private let delayed: CounterVector
    private let unrecognized: CounterVector

    /// - Parameters:
    ///   - endpoints: Those that will be asked: their counters start at 0.
    ///   - budgets: The names of all budgets, likewise.
    ///   - bots: The names of all bots, likewise.
    init(registry: Registry, endpoints: Set<Endpoint>, budgets: Set<String>, bots: Set<String>) {
        requests = CounterVector(PollFamilies.requests)
        failures = CounterVector(
            PollFamilies.requestFailures,
            known: endpoints.flatMap { endpoint in
                APIError.Reason.allCases.map { [endpoint.rawValue, $0.rawValue] }
            }
        )
        durations = HistogramVector(
            PollFamilies.requestDuration,
            bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
        )
        throttled = CounterVector(PollFamilies.throttled, known: budgets.map { [$0] })
        delayed = CounterVector(PollFamilies.pollsDelayed, known: bots.map { [$0] })
        unrecognized = CounterVector(PollFamilies.unrecognized)
        registry.register(requests)
        registry.register(failures)
        registry.register(durations)
        registry.register(throttled)
        registry.register(delayed)
        registry.register(unrecognized)
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
