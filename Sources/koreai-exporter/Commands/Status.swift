import App
import ArgumentParser
import Curl
import Glibc
import KoreAI
import Model
import Polling
import Settings
import Tracking

/// Tells how the bots do now.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell how bots do now, asked of the platform or of a running exporter.",
        discussion: "Exits with 0, or with 1 where something could not be asked."
    )

    @Argument(help: "The bots, by name; without one all.")
    var bot: [String] = []

    @Option(
        help: ArgumentHelp(
            "Ask this exporter instead of the platform, such as http://localhost:10573.",
            valueName: "url"
        )
    )
    var exporter: String?

    @Option(help: "A table for people, or a JSON object for each target.")
    var format = OutputFormat.text

    @OptionGroup var configuration: ConfigurationFlags

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let rows =
            if let exporter { try await rows(ofExporter: exporter) } else { try await rowsOfPlatform() }
        switch format {
        case .json: rows.forEach { Output.line($0.json) }
        case .text:
            let isTerminal = Terminal.isInteractive(STDOUT_FILENO)
            let lines = StatusTable(rows: rows).lines(
                columns: isTerminal ? Terminal.size(STDOUT_FILENO).columns : nil,
                colours: Terminal.hasColours(STDOUT_FILENO),
                now: Timestamp.now.seconds
            )
            lines.forEach(Output.line)
        }
        if rows.contains(where: { $0.failure != nil }) { throw ExitCode.failure }
    }

    private func rowsOfPlatform() async throws -> [StatusRow] {
        let configured = try configuration.settings()
        let gate = await store.gate(configured)
        let settings = try await store.withFoundBots(configured, gate: gate)
        let names = Set(try configuration.bots(bot, of: settings).map(\.name))
        let plan = PollPlan(settings)
        let curl = try await Failure.reported { try CurlClient(settings.http) }
        let client = KoreAIClient(curl: curl, maxResponseBytes: settings.http.maxResponseBytes)
        let asker = StatusAsker(client: client, gate: gate)
        let results = await asker.ask(plan.targets.filter { names.contains($0.target.bot) })
        await curl.shutdown()
        for (target, result) in results {
            guard case .failure(let error) = result else { continue }
            Terminal.write("\(target): \(error.message)\n", to: STDERR_FILENO)
        }
        return results.map { StatusRow($0.target, $0.result) }.sorted(by: StatusRow.precedes)
    }

    private func rows(ofExporter url: String) async throws -> [StatusRow] {
        let settings = try configuration.clientSettings()
        let curl = try await Failure.reported { try CurlClient(settings) }
        let result: Result<[StatusRow], any Error>
        do {
            result = .success(try await ExporterStatus.rows(of: url, through: curl))
        } catch {
            result = .failure(error)
        }
        await curl.shutdown()
        let rows = try await Failure.reported { try result.get() }
        for name in bot where !rows.contains(where: { $0.bot == name }) {
            throw ValidationError("The exporter at \(ExporterStatus.shown(url)) has no bot '\(name)'.")
        }
        return bot.isEmpty ? rows : rows.filter { bot.contains($0.bot) }
    }
}
