import App
import ArgumentParser
import Polling
import Settings
import Tracking

/// Starts publishes, and waits for their ends.
struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Publish bots, and wait for its end with --wait.",
        discussion: """
            The bots' credential must be that of an app of the Admin Console with the scopes Bot Publish > Publish and \
            Bot Publish > Publish Status. Publishing also trains the published version.


            """ + ActionOptions.exitCodes
    )

    @Argument(help: "The bots, by name or id.")
    var bot: [String]

    @Option(
        help: ArgumentHelp(
            "The comment of the new version; the platform's list of versions shows it.",
            valueName: "text"
        )
    )
    var comment: String

    @Flag(help: "Do not train the published version. Intents may then not be recognised, says the platform.")
    var skipTraining = false

    @OptionGroup var options: ActionOptions

    func validate() throws {
        if comment.allSatisfy(\.isWhitespace) {
            throw ValidationError("--comment is empty. Say what is new in this version, as in --comment 'new intents'.")
        }
    }

    func run() async throws {
        let configured = try options.configuration.settings()
        let gate = await options.store.gate(configured)
        let settings = try await options.store.withFoundBots(configured, gate: gate)
        let plan = PollPlan(settings)
        let items = try options.configuration.bots(bot, of: settings).map { bot -> ActionSession.Item in
            let target = try plan.target(of: bot)
            var words = ["publish", bot.name, "--comment", comment]
            if skipTraining { words.append("--skip-training") }
            return ActionSession.Item(
                action: Action(.publish(comment: comment, trains: !skipTraining), of: target),
                intent: options.intent(),
                resumption: options.resumption(words)
            )
        }
        try await options.run(items, settings: settings, gate: gate)
    }
}
