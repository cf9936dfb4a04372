import ArgumentParser
import KoreAI
import Polling
import ServiceLifecycle
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
            simulator = try Simulator(
                scenario: .demo,
                configuration: SimulatorConfiguration(
                    isAdminEnabled: true,
                    logger: log.libraryLogger(label: "simulator")
                )
            )
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
        try await RunningServices.run(exporter.services + [summary], logger: log.libraryLogger(label: "services"))
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
