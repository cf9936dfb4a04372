import Logging
import ServiceLifecycle
import UnixSignals

/// Runs services until SIGTERM or SIGINT.
enum RunningServices {
    /// What is still under way after this is cut off.
    private static let patience = Duration.milliseconds(800)

    /// - Throws: `ExitCode`, once the first error of a service is on standard error. Being told to end is no failure.
    static func run(_ services: [any Service], logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: $0,
                    successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup
                )
            },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = patience
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            return
        } catch {
            throw Failure.exit(error)
        }
    }
}
