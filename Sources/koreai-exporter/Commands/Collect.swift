import App
import Archive
import ArgumentParser
import Curl
import Exposition
import KoreAI
import Logging
import Model
import NIOPosix
import Polling
import Settings
import Web

/// Polls every target once and prints the metrics.
struct Collect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Poll every target once and print the metrics, for cron and the textfile collector.",
        discussion: """
            Counts go on from one call to the next, in the store of --storage.path, which no running exporter may use at \
            the same time. Exits with 0; with 1 where it could not be done; with 3 where the time was over before all \
            targets were polled: what is known is written all the same.
            """
    )

    @Option(
        help: ArgumentHelp(
            "Write to this file instead of standard output (-), whole or not at all, as a textfile collector needs it.",
            valueName: "file"
        ),
        completion: .file()
    )
    var output: String?

    @Option(
        help: ArgumentHelp("Wait no longer than this for the budgets and the platform.", valueName: "duration"),
        transform: DurationOption.parse
    )
    var timeout = DurationOption(.seconds(300))

    @Option(
        name: .customLong("storage.path"),
        help: ArgumentHelp("Keep counts and histories here; an empty name keeps none.", valueName: "folder"),
        completion: .directory
    )
    var storagePath = StoreOptions.standard

    @OptionGroup var configuration: ConfigurationFlags
    @OptionGroup(title: "Log") var log: LogOptions

    func run() async throws {
        let configured = try configuration.settings()
        // A place that cannot be written ends the command before it asks the platform.
        let place = try place()
        let gate = await StoreOptions.gate(configured, storage: storagePath)
        let discoveries = try await Failure.reported {
            try await FoundBots.discoveries(configured, storage: storagePath, gate: gate)
        }
        let settings = discoveries.followed
        let curl = try await Failure.reported { try CurlClient(settings.http) }
        let registry = Registry()
        BuildInfo.register(in: registry)
        let isComplete: Bool
        do {
            let logger = log.logger()
            let archive = try await Archive.open(at: storagePath, logger: logger)
            if !settings.discoveries.isEmpty {
                await DiscoveryStore(archive: archive, logger: logger).save(discoveries.stored)
            }
            let plan = PollPlan(settings)
            let loaded = try await archive.load(plan.targets.map(\.target))
            CollectedCounts(stored: loaded.values[CollectedCounts.key]).restore(in: registry)
            let poller = Poller(
                plan: plan,
                client: KoreAIClient(curl: curl, maxResponseBytes: settings.http.maxResponseBytes),
                archive: archive,
                loaded: loaded,
                registry: registry,
                maxInFlight: settings.http.maxConnections,
                resumes: false,
                logger: logger
            )
            isComplete = try await poller.pollOnce(timeout: timeout.duration)
            var counts = Batch()
            counts.values[CollectedCounts.key] = CollectedCounts(registry).stored
            try await archive.commit(counts)
            try? await archive.close()
        } catch {
            await curl.shutdown()
            throw Failure.exit(error)
        }
        await curl.shutdown()
        try await write(registry.text(), to: place)
        if !isComplete { throw ExitCode(3) }
    }

    private func place() throws -> OutputPlace {
        do throws(OutputError) {
            return try OutputPlace(output ?? "-")
        } catch {
            throw ValidationError("--output: \(error).")
        }
    }

    private func write(_ page: [UInt8], to place: OutputPlace) async throws {
        try await Failure.reported {
            let file = try await NIOThreadPool.singleton.runIfActive {
                let file = try OutputFile(for: place)
                try page.withUnsafeBytes { try file.write($0) }
                return file
            }
            try await file.kept()
        }
    }
}
