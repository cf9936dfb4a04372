import App
import ArgumentParser
import Foundation
import Settings

/// Checks a configuration file.
struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check a configuration file, and print its targets, their demand and the budget.",
        discussion: "Exits with 0 where the file can be used, and with 1 where it cannot."
    )

    @Argument(help: "The configuration file.") var file: String

    func run() throws {
        try ConfigurationCheck(file: file).run()
    }
}

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
