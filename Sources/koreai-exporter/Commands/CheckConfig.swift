import ArgumentParser

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
