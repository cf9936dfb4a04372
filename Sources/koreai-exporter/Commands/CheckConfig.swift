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

    @Argument(
        help: "The configuration file, or - for standard input; without it that of --config.file.",
        completion: .file(extensions: ["yml", "yaml"])
    )
    var file: String?

    @OptionGroup var configuration: ConfigurationFlags

    func validate() throws {
        if file != nil, configuration.file != ConfigurationFlags.standard {
            throw ValidationError("The configuration file is named twice: leave out one of the two.")
        }
    }

    func run() throws {
        try ConfigurationCheck(file: file ?? configuration.file).run()
    }
}

/// Reads a configuration file for the commands, with complaints on standard error.
struct ConfigurationCheck {
    private static let standardInput = "-"

    /// The file's path; `-` for standard input, which can be read only once.
    let file: String

    /// Prints the targets, their demand and the budget.
    ///
    /// - Throws: `ExitCode`, once all complaints are on standard error.
    func run() throws {
        print(DemandSummary(try settings()).render())
    }

    /// - Throws: All complaints at once.
    func load(requiringBots: Bool = true) throws(SettingsComplaints) -> Settings {
        let environment = ProcessInfo.processInfo.environment
        guard file == Self.standardInput else {
            return try SettingsFile.load(path: file, environment: environment, requiresBots: requiringBots)
        }
        // The name has no folder, so that relative paths in the text begin at the working directory.
        return try SettingsParser.parse(
            String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self),
            fileName: "stdin",
            environment: environment,
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
