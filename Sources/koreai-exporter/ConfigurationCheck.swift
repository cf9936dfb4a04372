import Foundation
import Settings

/// A configuration file as the commands use it.
struct ConfigurationCheck {
    let file: String

    /// Prints the targets, their demand and the budget.
    ///
    /// - Throws: `ExitCode`, once all complaints are on standard error.
    func run() throws {
        print(DemandSummary(try settings()).render())
    }

    /// - Throws: All complaints at once.
    func load(requiringBots: Bool = true) throws(SettingsComplaints) -> Settings {
        try SettingsFile.load(
            path: file,
            environment: ProcessInfo.processInfo.environment,
            requiresBots: requiringBots
        )
    }

    /// - Throws: `ExitCode`, once all complaints are on standard error.
    func settings(requiringBots: Bool = true) throws -> Settings {
        do {
            return try load(requiringBots: requiringBots)
        } catch {
            throw Failure.exit(error)
        }
    }
}
