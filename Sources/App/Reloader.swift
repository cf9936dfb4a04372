import Exposition
import KoreAI
import Logging
import Model
import NIOPosix
import ServiceLifecycle
import Settings
import UnixSignals

/// Reads the configuration again on SIGHUP or a request over HTTP.
///
/// A configuration that cannot be used changes nothing: the one in force stays, completely.
struct Reloader: Service {
    /// Reads the configuration; it may block.
    let load: @Sendable () throws -> Settings
    let use: @Sendable (Settings) async throws -> Void
    let gauges: ReloadGauges
    let logger: Logger

    /// - Throws: Why the configuration cannot be used.
    func reload() async throws {
        do {
            let settings = try await NIOThreadPool.singleton.runIfActive { try load() }
            try await use(settings)
            gauges.succeed()
            logger.info("the configuration was reloaded", metadata: ["bots": "\(settings.bots.count)"])
        } catch {
            gauges.fail()
            logger.error(
                "the configuration cannot be used: the one before stays in force",
                metadata: ["error": "\(error)"]
            )
            throw error
        }
    }

    /// Reloads with each SIGHUP.
    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            try? await reload()
        }
    }
}

/// The metrics that show whether and when the configuration was read.
struct ReloadGauges {
    static let successful = MetricFamily(
        "koreai_exporter_config_last_reload_successful",
        .gauge,
        help: "Whether the configuration could be used when it was last read (1) or not (0)."
    )
    static let successTime = MetricFamily(
        "koreai_exporter_config_last_reload_success_timestamp_seconds",
        .gauge,
        help: "When a configuration that can be used was last read."
    )

    private let isSuccessful: GaugeVector
    private let time: GaugeVector

    /// Begins with success, because an exporter starts only with a configuration that can be used.
    init(registry: Registry) {
        isSuccessful = GaugeVector(Self.successful, in: registry)
        time = GaugeVector(Self.successTime, in: registry)
        succeed()
    }

    func succeed() {
        isSuccessful.set(1)
        time.set(Timestamp.now.seconds)
    }

    func fail() {
        isSuccessful.set(0)
    }
}
