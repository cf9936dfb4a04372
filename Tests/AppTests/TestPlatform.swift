import Curl
import Foundation
import KoreAI
import Model
import Scheduling
import Settings
import Synchronization
import Tracking

@testable import App
@testable import Polling
@testable import Simulator

/// A simulated platform with one bot, and what it takes to act on it.
struct TestPlatform {
    static let secret = "test-secret-of-the-platform"

    /// A bot whose trainings and exports take as long as the test lets them.
    static func bot(_ change: (inout Scenario.Bot) -> Void = { _ in }) -> Scenario.Bot {
        var bot = Scenario.Bot(
            id: "st-a",
            name: "a",
            languages: ["en", "de"],
            onTrain: Scenario.Training(),
            onExport: Scenario.Export()
        )
        change(&bot)
        return bot
    }

    let simulator: Simulator
    let curl: CurlClient
    let plan: PollPlan
    let gate: BudgetGate
    let runner: ActionRunner

    static func with<Value>(
        _ bot: Scenario.Bot = bot(),
        limits: Scenario.Limits = .off,
        budgets: BudgetSettings = BudgetSettings(requestsPerMinute: 100_000, requestsPerHour: 1_000_000),
        scopes: Set<Scenario.Scope>? = nil,
        secret: String = secret,
        _ body: (TestPlatform) async throws -> Value
    ) async throws -> Value {
        var credential = Scenario.Credential(name: "main", clientID: "cs-test", clientSecret: Self.secret)
        if let scopes { credential.scopes = scopes }
        let simulator = try Simulator(scenario: Scenario(limits: limits, credentials: [credential], bots: [bot]))
        return try await simulator.withRunning { baseURL in
            let settings = Settings(
                credentials: [
                    CredentialSettings(
                        name: "main",
                        source: .client(ClientCredential(clientID: "cs-test", clientSecret: Secret(secret)))
                    )
                ],
                budgets: budgets,
                bots: [
                    BotSettings(
                        name: "a",
                        id: "st-a",
                        baseURL: baseURL,
                        credential: "main",
                        pollInterval: .milliseconds(100),
                        activeInterval: .milliseconds(100)
                    )
                ]
            )
            let curl = try CurlClient()
            let plan = PollPlan(settings)
            let gate = BudgetGate(plan.limits)
            let runner = ActionRunner(client: KoreAIClient(curl: curl), curl: curl, gate: gate)
            let platform = TestPlatform(simulator: simulator, curl: curl, plan: plan, gate: gate, runner: runner)
            let result: Result<Value, any Error>
            do {
                result = .success(try await body(platform))
            } catch {
                result = .failure(error)
            }
            await curl.shutdown()
            return try result.get()
        }
    }

    func action(_ kind: Action.Kind = .train(.ml, language: "en")) throws -> Action {
        guard let target = plan.targets.first else { throw CancellationError() }
        return Action(kind, of: target)
    }

    /// Sees an action to its end.
    ///
    /// - Parameter when: Is given what is told, each time; it may steer the simulator.
    func run(
        _ kind: Action.Kind = .train(.ml, language: "en"),
        intent: ActionIntent = .startAndWait,
        file: String? = nil,
        timeout: Duration = .seconds(600),
        when: @escaping @Sendable (ActionUpdate, Simulator) throws -> Void = { _, _ in }
    ) async throws -> ActionReport {
        let action = try action(kind)
        let fault: Mutex<(any Error)?> = Mutex(nil)
        let report = await runner.run(
            action,
            intent: intent,
            file: try file.map { try OutputPlace($0) },
            timeout: timeout,
            interval: .milliseconds(100),
            notify: { update in
                do { try when(update, simulator) } catch { fault.withLock { $0 = error } }
            }
        )
        if let fault = fault.withLock({ $0 }) { throw fault }
        return report
    }

    /// Started trainings and exports, as the platform saw them.
    var starts: Int {
        simulator.events().count { $0.kind == .trainingStarted || $0.kind == .exportStarted }
    }
}
