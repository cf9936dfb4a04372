@testable import Simulator

/// A simulator of one bot, with what it takes to ask it.
struct Fixture {
    let simulator: Simulator
    let token: String
    static let export = "/api/public/bot/st-1/mlexport/status"
    static let training = "/api/public/bot/st-1/ml/train/status?language=en"

    init(
        _ scenario: Scenario = .one(),
        clock: SimulatorClock = .wall,
        configuration: SimulatorConfiguration = SimulatorConfiguration(isAdminEnabled: true)
    ) async throws {
        simulator = try Simulator(scenario: scenario, clock: clock, configuration: configuration)
        token = try await Token.sign()
    }

    func get(_ path: String = Fixture.export, _ baseURL: String, token: String? = nil) async throws -> RawClient.Answer
    {
        try await RawClient.send("GET", path, to: baseURL, headers: ["auth": token ?? self.token])
    }

    func post(_ path: String, _ baseURL: String, body: String = "") async throws -> RawClient.Answer {
        try await RawClient.send("POST", path, to: baseURL, headers: ["auth": token], body: body)
    }
}
