@testable import Simulator

extension Scenario {
    /// One bot, `st-1` named `banking`, and the credential that ``Token`` signs with.
    static func one(
        _ change: (inout Scenario) -> Void = { _ in }
    ) -> Scenario {
        var scenario = Scenario(
            credentials: [Scenario.Credential(name: "main", clientID: "cs-main", clientSecret: "main-secret")],
            bots: [Scenario.Bot(id: "st-1", name: "banking", languages: ["en", "de"])]
        )
        change(&scenario)
        return scenario
    }
}
