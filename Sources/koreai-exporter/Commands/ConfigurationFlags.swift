import ArgumentParser
import Settings

/// Where commands besides `serve` find the configuration.
struct ConfigurationFlags: ParsableArguments {
    static let standard = "koreai-exporter.yml"

    @Option(
        name: .customLong("config.file"),
        help: ArgumentHelp("The configuration file.", valueName: "file"),
        completion: .file(extensions: ["yml", "yaml"])
    )
    var file = standard

    /// - Throws: `ExitCode`, once all complaints are on standard error.
    func settings() throws -> Settings {
        try ConfigurationCheck(file: file).settings()
    }

    /// The bots of these names or ids, in their order and each once; all, where there are no names.
    ///
    /// - Throws: `ValidationError` where the configuration has no such bot.
    func bots(_ names: [String], of settings: Settings) throws -> [BotSettings] {
        guard !names.isEmpty else { return settings.bots }
        var found: [BotSettings] = []
        for name in names {
            guard let bot = settings.bots.first(where: { $0.name == name || $0.id == name }) else {
                let known = settings.bots.prefix(8).map(\.name).joined(separator: ", ")
                throw ValidationError(
                    "\(file) has no bot '\(name)'; it has \(known)\(settings.bots.count > 8 ? ", …" : "")."
                )
            }
            if !found.contains(bot) { found.append(bot) }
        }
        return found
    }
}
