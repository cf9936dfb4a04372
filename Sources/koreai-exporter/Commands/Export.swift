import App
import ArgumentParser
import KoreAI
import Model
import Polling
import Settings
import Tracking

/// Starts exports, waits for their ends, and downloads their files.
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
            """
            Wait, and put the file there, whole or not at all; into a folder, as BOT.csv or BOT.json. A folder whose \
            name ends in / is made. - is standard output.
            """,
            valueName: "file"
        ),
        completion: .file()
    )
    var output: String?

    @OptionGroup var options: ActionOptions

    func run() async throws {
        let configured = try options.configuration.settings()
        // A place that cannot be written ends the command before it asks the platform.
        let output = try output.map { try ExportOutput($0, bots: Set(bot).count) }
        let gate = await options.store.gate(configured)
        let settings = try await options.store.withFoundBots(configured, gate: gate)
        let plan = PollPlan(settings)
        let files = ExportFileNames(settings.bots.map { ($0.name, $0.id) })
        let items = try options.configuration.bots(bot, of: settings).map { bot -> ActionSession.Item in
            let target = try plan.target(of: bot)
            var words = ["export", bot.name]
            if output != nil || type != .csv { words += ["--type", type.rawValue] }
            if state != .configured { words += ["--state", state.rawValue] }
            if let output { words += ["--output", output.path] }
            return ActionSession.Item(
                action: Action(.export(state, type), of: target),
                intent: options.intent(withFile: output != nil),
                file: try output?.place(named: files[bot.name] + "." + type.rawValue),
                resumption: options.resumption(words)
            )
        }
        try await options.run(items, settings: settings, gate: gate)
    }
}

extension ExportFileType: ExpressibleByArgument {}

extension BotState: ExpressibleByArgument {}
