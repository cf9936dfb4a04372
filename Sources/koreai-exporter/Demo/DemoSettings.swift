import Secrets
import Settings
import Simulator

/// The settings of the demo's exporter.
enum DemoSettings {
    /// - Parameter baseURL: Where the simulated platform listens.
    static func settings(baseURL: String) -> Settings {
        let speed = Int(Scenario.demo.speed)
        let limits = Scenario.demo.limits
        return Settings(
            credentials: Scenario.demo.credentials.map { credential in
                CredentialSettings(
                    name: credential.name,
                    source: .client(
                        ClientCredentialSettings(
                            clientID: credential.clientID,
                            clientSecret: Secret(credential.clientSecret)
                        )
                    )
                )
            },
            // The demo's hours pass faster, so its platform allows more.
            budgets: BudgetSettings(
                requestsPerMinute: limits.perMinute * speed,
                requestsPerHour: limits.perHour * speed
            ),
            bots: Scenario.demoBots.map { bot in
                BotSettings(
                    name: bot.name,
                    id: bot.id,
                    baseURL: baseURL,
                    credential: bot.credential,
                    languages: bot.languages,
                    pollInterval: .seconds(2),
                    activeInterval: .seconds(1),
                    timeout: .seconds(5),
                    labels: bot.labels
                )
            }
        )
    }
}
