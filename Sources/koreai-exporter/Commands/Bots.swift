import Actions
import ArgumentParser
import Curl
import KoreAI
import Polling
import Settings

/// Lists the bots of an account.
struct Bots: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the bots that a credential sees, as a configuration for them.",
        discussion: """
            The credential must be that of an app of the admin console. The configuration file needs no bots yet.
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

    func run() async throws {
        let settings = try ConfigurationCheck(file: configuration.file).settings(requiringBots: false)
        let chosen = try choose(settings)
        let baseURL = baseURL ?? settings.defaults.baseURL
        let curl = try CommandClient.make(settings.http)
        let gate = BudgetGate(PollPlan(settings).limits)
        let lister = BotLister(
            client: KoreAIClient(curl: curl, maxResponseBytes: settings.http.maxResponseBytes),
            gate: gate
        )
        let result = try await lister.list(baseURL: baseURL, credential: chosen, timeout: settings.defaults.timeout)
        await curl.shutdown()
        switch result {
        case .failure(let error):
            throw Failure.exit(error)
        case .success(let bots):
            let listing = BotListing(
                bots: bots,
                credential: chosen.name,
                baseURL: baseURL,
                namesCredential: settings.credentials.count > 1,
                namesBaseURL: baseURL != settings.defaults.baseURL
            )
            switch format {
            case .text: Output.line(listing.yaml)
            case .json: listing.json.forEach(Output.line)
            }
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
