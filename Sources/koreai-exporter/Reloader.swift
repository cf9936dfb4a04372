import Logging
import NIOPosix
import ServiceLifecycle
import Settings
import UnixSignals

/// Reads the configuration again when it is told to, by SIGHUP or over HTTP.
///
/// A configuration that cannot be used changes nothing: the one in force stands, whole.
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
