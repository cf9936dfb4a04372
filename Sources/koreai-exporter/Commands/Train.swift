import Actions
import ArgumentParser
import Polling
import Settings
import Tracking

/// Starts trainings, and waits for their ends.
struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the training of bots, and wait for its end with --wait.",
        discussion: ActionOptions.exitCodes
    )

    @Argument(help: "The bots, by name or id.")
    var bot: [String]

    @Option(help: "What is trained. May be repeated.")
    var engine: [Engine] = []

    @Option(help: ArgumentHelp("A language to train; without it all that are configured. May be repeated."))
    var language: [String] = []

    @OptionGroup var options: ActionOptions

    func run() async throws {
        let settings = try options.configuration.settings()
        let plan = PollPlan(settings)
        var items: [ActionSession.Item] = []
        for bot in try options.configuration.bots(bot, of: settings) {
            guard let target = plan.targets.first(where: { $0.target.bot == bot.name }) else { continue }
            for engine in engine.isEmpty ? [.ml] : engine.unique {
                for language in language.isEmpty ? bot.languages : language.unique {
                    let words = ["train", bot.name, "--engine", engine.rawValue, "--language", language]
                    items.append(
                        ActionSession.Item(
                            action: Action(.train(engine, language: language), of: target),
                            resumption: "koreai-exporter " + words.map(ShellWord.quoted).joined(separator: " ")
                                + options.resumption
                        )
                    )
                }
            }
        }
        try await ActionSession(settings: settings, options: options, items: items).run()
    }
}

extension Engine: ExpressibleByArgument {}

extension Array where Element: Hashable {
    /// Each element once, in their order.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
