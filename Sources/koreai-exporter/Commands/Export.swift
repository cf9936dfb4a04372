import App
import ArgumentParser
import FoundationEssentials
import KoreAI
import Model
import Polling
import Settings
import Tracking

/// Starts exports, waits for their ends, and fetches their files.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the export of bots' utterances, and wait for its end or fetch its file.",
        discussion: ActionOptions.exitCodes
    )

    @Argument(help: "The bots, by name or id.")
    var bot: [String]

    @Option(help: "What is written.")
    var type = ExportFileType.csv

    @Option(help: "Which version of the bot.")
    var state = BotState.configured

    @Option(
        help: ArgumentHelp(
            "Wait, and put the file there, whole or not at all; into a folder, as BOT.csv or BOT.json.",
            valueName: "file"
        ),
        completion: .file()
    )
    var output: String?

    @OptionGroup var options: ActionOptions

    func validate() throws {
        if let output, bot.count > 1, !Self.isFolder(output) {
            throw ValidationError("With several bots --output must be a folder that is there, but is '\(output)'.")
        }
    }

    func run() async throws {
        let configured = try options.configuration.settings()
        let gate = await options.store.gate(configured)
        let settings = try await options.store.withFoundBots(configured, gate: gate)
        let plan = PollPlan(settings)
        let items = try options.configuration.bots(bot, of: settings).map { bot -> ActionSession.Item in
            let target = try plan.target(of: bot)
            var words = ["export", bot.name]
            if let output { words += ["--type", type.rawValue, "--output", output] }
            return ActionSession.Item(
                action: Action(.export(state, type), of: target),
                intent: options.intent(withFile: output != nil),
                file: output.map { Self.file($0, bot: bot.name, type: type) },
                resumption: "koreai-exporter " + words.map(ShellWord.quoted).joined(separator: " ")
                    + options.resumption
            )
        }
        try await options.run(items, settings: settings, gate: gate)
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    /// - Parameter output: A file, or a folder.
    private static func file(_ output: String, bot: String, type: ExportFileType) -> String {
        guard isFolder(output) else { return output }
        // A bot's name may be any text.
        let name = bot.replacing("/", with: "_") + "." + type.rawValue
        return (output.hasSuffix("/") ? output : output + "/") + name
    }
}

extension ExportFileType: ExpressibleByArgument {}

extension BotState: ExpressibleByArgument {}
