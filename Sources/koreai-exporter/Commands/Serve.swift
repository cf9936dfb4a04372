import App
import ArgumentParser
import CoreMetrics
import Exposition
import Logging
import ServiceLifecycle
import Settings
import Web

/// Polls the configured bots and serves their metrics.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Poll the configured bots and serve their metrics (the default command)."
    )

    @Option(name: .customLong("config.file"), help: ArgumentHelp("The configuration file.", valueName: "file"))
    var configFile = "koreai-exporter.yml"

    @Flag(name: .customLong("config.check"), help: "Only check the configuration files, and print what it asks for.")
    var configCheck = false

    @Option(
        name: .customLong("storage.path"),
        help: ArgumentHelp(
            "Keep counts and histories here; an empty name keeps them in memory, until the end.",
            valueName: "folder"
        )
    )
    var storagePath = "data/"

    @OptionGroup(title: "Web") var web: WebFlags
    @OptionGroup(title: "Log") var log: LogOptions

    func run() async throws {
        if configCheck {
            do {
                _ = try WebConfiguration(path: web.configFile, logger: log.logger())
            } catch {
                throw Failure.exit(error)
            }
            try ConfigurationCheck(file: configFile).run()
            return
        }
        let logger = log.logger()
        let settings = try ConfigurationCheck(file: configFile).settings()
        try await run(settings, logger: logger)
    }

    private func run(_ settings: Settings, logger: Logger) async throws {
        let exporter: Exporter
        do {
            let configuration = ConfigurationCheck(file: configFile)
            exporter = try await Exporter(
                settings: settings,
                storage: storagePath,
                load: { try configuration.load() },
                addresses: web.listenAddresses,
                options: web.options,
                webConfigurationFile: web.configFile,
                logger: logger,
                libraryLogger: log.libraryLogger(label: "web"),
                onListening: { address in
                    logger.info("listening", metadata: ["address": "\(address)"])
                }
            )
        } catch {
            throw Failure.exit(error)
        }
        // Allowed once in a process: shows what libraries count beside the exporter's own metrics.
        MetricsSystem.bootstrap(RegistryMetricsFactory(exporter.registry))
        logger.info(
            "starting",
            metadata: [
                "version": "\(BuildInfo.version)", "revision": "\(BuildInfo.revision)",
                "config": "\(configFile)", "bots": "\(settings.bots.count)",
            ]
        )
        try await Failure.reported {
            try await RunningServices.run(exporter.services, logger: log.libraryLogger(label: "services"))
        }
        logger.info("stopped")
    }
}
