import Model
import Settings

@testable import Simulator

/// A simulated platform for tests, and the exporter's settings for it.
enum TestPlatform {
    static let clientID = "cs-test"
    static let clientSecret = "test-secret-of-the-platform"

    /// Bots that were trained and exported and have nothing to do.
    /// Versions rise, so that a run that nobody saw is proven by the next reply.
    static func scenario(bots: [String] = ["a", "b", "c"]) -> Scenario {
        Scenario(
            limits: .off,
            credentials: [Scenario.Credential(name: "main", clientID: clientID, clientSecret: clientSecret)],
            bots: bots.map { name in
                Scenario.Bot(
                    id: "st-\(name)",
                    name: name,
                    trainDetails: .rising,
                    timeline: [Scenario.Step(at: .zero, .export(Scenario.Export(takes: .fixed(.milliseconds(1)))))]
                )
            }
        )
    }

    static func bot(_ name: String, at baseURL: String, timeout: Duration = .seconds(60)) -> BotSettings {
        BotSettings(
            name: name,
            id: "st-\(name)",
            baseURL: baseURL,
            credential: "main",
            states: [.configured],
            pollInterval: .milliseconds(100),
            activeInterval: .milliseconds(100),
            timeout: timeout
        )
    }

    static func settings(_ bots: [BotSettings], http: HTTPSettings = HTTPSettings(), secret: String = clientSecret)
        -> Settings
    {
        Settings(
            credentials: [
                CredentialSettings(
                    name: "main",
                    source: .client(
                        ClientCredential(clientID: clientID, clientSecret: Secret(secret))
                    )
                )
            ],
            budgets: BudgetSettings(requestsPerMinute: 100_000, requestsPerHour: 1_000_000),
            http: http,
            bots: bots
        )
    }
}
