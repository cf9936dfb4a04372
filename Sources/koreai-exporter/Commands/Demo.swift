import App
import ArgumentParser
import KoreAI
import Model
import Polling
import ServiceLifecycle
import Settings
import Simulator
import Web

/// Runs the simulated platform and the exporter in one process.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a simulated platform with six bots, and the exporter that watches them."
    )

    private static let summaryInterval = Duration.seconds(5)

    @Option(
        name: .customLong("web.listen-address"),
        help: ArgumentHelp("Where the exporter listens, as HOST:PORT.", valueName: "address")
    )
    var listenAddress = ListenAddress(host: "127.0.0.1", port: 10573)

    @OptionGroup(title: "Log") var log: LogOptions

    func run() async throws {
        let simulator: Simulator
        do {
            var configuration = SimulatorConfiguration.standard
            configuration.isAdminEnabled = true
            configuration.logger = log.libraryLogger(label: "simulator")
            simulator = try Simulator(scenario: .demo, configuration: configuration)
        } catch {
            throw Failure.exit(error)
        }
        let (log, listenAddress) = (log, listenAddress)
        do {
            try await simulator.withRunning { baseURL in
                try await Self.watch(baseURL, listenAddress: listenAddress, log: log)
            }
        } catch is CancellationError {
            return
        }
    }

    private static func watch(_ baseURL: String, listenAddress: ListenAddress, log: LogOptions) async throws {
        let exporter: Exporter
        do {
            let settings = DemoSettings.settings(baseURL: baseURL)
            exporter = try await Exporter(
                settings: settings,
                storage: "",
                load: { settings },
                addresses: [listenAddress],
                options: WebOptions(version: BuildInfo.version),
                logger: log.logger(),
                libraryLogger: log.libraryLogger(label: "web"),
                onListening: { introduce(exporter: $0.url, platform: baseURL) }
            )
        } catch {
            throw Failure.exit(error)
        }
        let poller = exporter.poller
        let summary = ClosureService {
            try await cancelWhenGracefulShutdown {
                while !Task.isCancelled {
                    try await Task.sleep(for: summaryInterval)
                    let time = Timestamp.now.iso8601.dropFirst(11).prefix(8)
                    Output.line("\(time)  \(poller.summary)")
                }
            }
        }
        try await Failure.reported {
            try await RunningServices.run(exporter.services + [summary], logger: log.libraryLogger(label: "services"))
        }
    }

    private static func introduce(exporter: String, platform: String) {
        Output.line(
            """

            A simulated platform with six bots, an hour of which passes in a minute, and the exporter that watches them:

              Metrics:   \(exporter)/metrics
              Start:     \(exporter)/
              Platform:  \(platform) (what happened: \(platform)/_simulator/events)

            Ctrl-C ends it.

            """
        )
    }
}

/// The settings of the demo's exporter.
enum DemoSettings {
    /// - Parameter baseURL: The address of the simulated platform.
    static func settings(baseURL: String) -> Settings {
        let speed = Int(Scenario.demo.speed)
        let limits = Scenario.demo.limits
        let admins = Scenario.demo.credentials.filter(\.isAdmin).map(\.name)
        return Settings(
            credentials: Scenario.demo.credentials.map { credential in
                CredentialSettings(
                    name: credential.name,
                    source: .client(
                        ClientCredential(
                            clientID: credential.clientID,
                            clientSecret: Secret(credential.clientSecret)
                        )
                    )
                )
            },
            // The demo's time passes faster by that factor, so its platform allows as many more requests.
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
                    collectors: Collector.standard + (admins.contains(bot.credential) ? [.publish] : []),
                    pollInterval: .seconds(2),
                    activeInterval: .seconds(1),
                    timeout: .seconds(5),
                    labels: bot.labels
                )
            }
        )
    }
}
