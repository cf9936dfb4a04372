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

    /// - Throws: `ExitCode`, once all complaints are on standard error.
    func settings() throws -> Settings {
        do {
            return try SettingsFile.load(path: file, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw Failure.exit(error)
        }
    }
}
