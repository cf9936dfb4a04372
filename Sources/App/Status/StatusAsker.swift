package import KoreAI
package import Model
package import Polling
import Scheduling
import Synchronization
package import Tracking

/// Asks targets for their status once, within the budgets.
package struct StatusAsker: Sendable {
    /// Shorter waits get no line.
    private static let shortestWait = Duration.seconds(1)

    private let client: KoreAIClient
    private let gate: BudgetGate

    package init(client: KoreAIClient, gate: BudgetGate) {
        self.client = client
        self.gate = gate
    }

    /// - Parameters:
    ///   - timeout: How long to wait for a budget.
    ///   - notify: Receives a sentence about each budget that is waited for, once.
    /// - Returns: The results in the order of the targets; fewer where the task is cancelled.
    package func ask(
        _ targets: [PollTarget],
        timeout: Duration,
        notify: @escaping @Sendable (String) -> Void
    ) async -> [(target: Target, result: Result<Observation, APIError>)] {
        let deadline = ContinuousClock.now + timeout
        let told = Told(notify)
        return await withTaskGroup(of: (Int, Result<Observation, APIError>)?.self) { group in
            for (index, target) in targets.enumerated() {
                group.addTask { try? await (index, ask(target, deadline: deadline, told)) }
            }
            var results: [(Int, Result<Observation, APIError>)] = []
            for await result in group {
                if let result { results.append(result) }
            }
            return results.sorted { $0.0 < $1.0 }.map { (targets[$0.0].target, $0.1) }
        }
    }

    private func ask(
        _ target: PollTarget,
        deadline: ContinuousClock.Instant,
        _ told: Told
    ) async throws -> Result<Observation, APIError> {
        while let chance = gate.take(.command, .poll(target)) {
            let reason = gate.exhaustion(of: .poll(target))
            guard chance < deadline else {
                return .failure(Self.notAsked("\(reason), and has no room before --timeout is over"))
            }
            let wait = chance - .now
            if wait >= Self.shortestWait { told.tell("waits \(wait.forPeople): \(reason)", about: reason) }
            try await Task.sleep(until: chance, clock: .continuous)
        }
        return try await gate.settling(.poll(target)) { try await client.poll(target) }
    }

    private static func notAsked(_ reason: String) -> APIError {
        APIError(reason: .timeout, code: 0, message: "not asked: \(reason)")
    }

    /// Passes on each reason to wait only once.
    private final class Told: Sendable {
        private let reasons = Mutex<Set<String>>([])
        private let notify: @Sendable (String) -> Void

        init(_ notify: @escaping @Sendable (String) -> Void) {
            self.notify = notify
        }

        func tell(_ sentence: String, about reason: String) {
            if reasons.withLock({ $0.insert(reason).inserted }) { notify(sentence) }
        }
    }
}

/// Writes why targets could not be asked: a line for each reason, however many targets have it.
package enum StatusFailures {
    /// The most targets that a line names.
    private static let mostNames = 3

    package static func lines(_ failures: [(target: Target, error: APIError)]) -> [String] {
        var messages: [String] = []
        for (_, error) in failures where !messages.contains(error.message) { messages.append(error.message) }
        return messages.map { message in
            let names = failures.filter { $0.error.message == message }.map { "\($0.target)" }
            let shown = names.count > mostNames ? names.prefix(mostNames - 1) : names[...]
            let more = names.count > shown.count ? " and \(names.count - shown.count) more" : ""
            return shown.joined(separator: ", ") + more + ": " + message
        }
    }
}
