import Curl
import Model

@testable import KoreAI
@testable import Simulator

/// A simulated platform and a client of it, over a real socket on loopback.
struct Loopback {
    let simulator: Simulator
    let client: KoreAIClient
    let baseURL: String

    static let timeout = Duration.seconds(30)

    /// - Parameters:
    ///   - change: Of a scenario with the bot `st-1`, called `banking`, in two languages.
    ///   - tls: What certificate the platform shows.
    static func run<Value>(
        tls: SimulatorConfiguration.TLS = .none,
        _ change: (inout Scenario) -> Void = { _ in },
        _ body: (Loopback) async throws -> Value
    ) async throws -> Value {
        var scenario = Scenario(
            credentials: [Scenario.Credential(name: "main", clientID: "cs-main", clientSecret: "main-secret")],
            bots: [Scenario.Bot(id: "st-1", name: "banking", languages: ["en", "de"])]
        )
        change(&scenario)
        let simulator = try Simulator(
            scenario: scenario,
            clock: .manual(ManualClock()),
            configuration: SimulatorConfiguration(tls: tls)
        )
        return try await simulator.withRunning { baseURL in
            let curl = try CurlClient()
            let loopback = Loopback(
                simulator: simulator,
                client: KoreAIClient(curl: curl, maxResponseBytes: 100_000),
                baseURL: baseURL
            )
            let result: Result<Value, any Error>
            do {
                result = .success(try await body(loopback))
            } catch {
                result = .failure(error)
            }
            await curl.shutdown()
            return try result.get()
        }
    }

    var bot: BotAddress { BotAddress(baseURL: baseURL, id: "st-1") }

    /// The credential that the scenario knows.
    func credential(_ change: (inout ClientCredential) -> Void = { _ in }) -> Credential {
        var client = ClientCredential(clientID: "cs-main", clientSecret: Secret("main-secret"))
        change(&client)
        // The platform's clock stands still, so ours has to.
        let now = Timestamp(milliseconds: simulator.clock.now.milliseconds)
        return Credential(name: "main", source: .client(client)) { now }
    }

    func mlTraining(
        _ language: String = "en",
        _ state: BotState = .configured,
        credential: Credential? = nil
    ) async throws -> APICall<MLTrainingReply> {
        try await client.mlTrainingStatus(
            of: BotAccess(bot, credential: credential ?? self.credential(), timeout: Self.timeout),
            language: language,
            state: state
        )
    }

    func export(credential: Credential? = nil) async throws -> APICall<MLExportReply> {
        try await client.mlExportStatus(
            of: BotAccess(bot, credential: credential ?? self.credential(), timeout: Self.timeout)
        )
    }
}

extension APICall {
    /// Why the call failed; `nil` where it did not.
    var failure: APIError? {
        guard case .failure(let error) = result else { return nil }
        return error
    }
}
