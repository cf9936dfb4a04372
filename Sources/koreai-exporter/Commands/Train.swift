import App
import ArgumentParser
import Model
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
        let configured = try options.configuration.settings()
        let gate = await options.store.gate(configured)
        let settings = try await options.store.withFoundBots(configured, gate: gate)
        let plan = PollPlan(settings)
        var items: [ActionSession.Item] = []
        let bots = try options.configuration.bots(bot, of: settings)
        for bot in bots {
            guard let unknown = language.first(where: { !bot.languages.contains($0) }) else { continue }
            let known = bot.languages.joined(separator: ", ")
            throw Failure.exit("\(bot.name) has no language '\(unknown)'; it has \(known).")
        }
        for bot in bots {
            let target = try plan.target(of: bot)
            for engine in engine.isEmpty ? [.ml] : engine.unique {
                for language in language.isEmpty ? bot.languages : language.unique {
                    let words = ["train", bot.name, "--engine", engine.rawValue, "--language", language]
                    items.append(
                        ActionSession.Item(
                            action: Action(.train(engine, language: language), of: target),
                            intent: options.intent(),
                            resumption: options.resumption(words)
                        )
                    )
                }
            }
        }
        try await options.run(items, settings: settings, gate: gate)
    }
}

extension Engine: ExpressibleByArgument {}

extension Array where Element: Hashable {
    /// Each element once, in the order of first occurrence.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
