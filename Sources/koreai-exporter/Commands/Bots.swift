import App
import ArgumentParser
import Curl
import FoundationEssentials
import KoreAI
import Model
import Polling
import Settings
import Tracking

/// Lists the bots of an account.
struct Bots: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the bots that a credential sees, as a configuration for them.",
        discussion: """
            The credential must be that of an app of the admin console. The configuration file needs no bots yet. Where \
            the list does not come whole, what came of it is printed, and the exit code is 1.
            """
    )

    @Option(help: ArgumentHelp("The credential's name; may be left out where there is only one.", valueName: "name"))
    var credential: String?

    @Option(
        name: .customLong("base-url"),
        help: ArgumentHelp("The platform; without it that of the configuration's defaults.", valueName: "url")
    )
    var baseURL: String?

    @Option(help: "A configuration, or a JSON object for each bot.")
    var format = OutputFormat.text

    @OptionGroup var configuration: ConfigurationFlags

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let settings = try ConfigurationCheck(file: configuration.file).settings(requiringBots: false)
        let chosen = try choose(settings)
        let baseURL = baseURL ?? settings.defaults.baseURL
        let curl = try await Failure.reported { try CurlClient(settings.http) }
        let gate = await store.gate(settings)
        let lister = BotLister(
            client: KoreAIClient(curl: curl, maxResponseBytes: settings.http.maxResponseBytes),
            gate: gate
        )
        let result = try await lister.list(baseURL: baseURL, credential: chosen, timeout: settings.defaults.timeout)
        await curl.shutdown()
        switch result {
        case .failure(let error):
            throw Failure.exit(error)
        case .success(let list):
            let listing = ListedBots(
                bots: list.bots,
                credential: chosen.name,
                baseURL: baseURL,
                namesCredential: settings.credentials.count > 1,
                namesBaseURL: baseURL != settings.defaults.baseURL
            )
            switch format {
            case .text: Output.line(listing.yaml)
            case .json: listing.json.forEach(Output.line)
            }
            if let gap = list.gap { throw Failure.exit("the list is not whole: \(gap). Ask again.") }
        }
    }

    private func choose(_ settings: Settings) throws -> Credential {
        let names = settings.credentials.map(\.name)
        if credential == nil, names.count > 1 {
            throw ValidationError(
                "There are several credentials: choose one with --credential: \(names.joined(separator: ", "))."
            )
        }
        guard let chosen = settings.credentials.first(where: { $0.name == credential ?? $0.name }) else {
            let known = names.joined(separator: ", ")
            throw ValidationError("\(configuration.file) has no credential '\(credential ?? "")'; it has \(known).")
        }
        return Credential(chosen)
    }
}

extension PollPlan {
    /// One of the bot's targets, which has the address and the credential for requests about it.
    ///
    /// - Throws: `ExitCode`, once the reason is on standard error, where nothing of the bot is polled.
    func target(of bot: BotSettings) throws -> PollTarget {
        guard let target = targets.first(where: { $0.target.bot == bot.name }) else {
            throw Failure.exit(
                """
                \(bot.name): only its published version is watched, and the list of bots says that there is none. Add \
                `configured` to its `states`.
                """
            )
        }
        return target
    }
}
