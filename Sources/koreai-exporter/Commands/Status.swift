import Actions
import ArgumentParser
import Curl
import Glibc
import KoreAI
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
        let settings = try configuration.settings()
        let names = Set(try configuration.bots(bot, of: settings).map(\.name))
        let plan = PollPlan(settings)
        let curl = try CommandClient.make(settings.http)
        let client = KoreAIClient(curl: curl, maxResponseBytes: settings.http.maxResponseBytes)
        let asker = StatusAsker(client: client, gate: BudgetGate(plan.limits))
        let results = await asker.ask(plan.targets.filter { names.contains($0.target.bot) })
        await curl.shutdown()
        for (target, result) in results {
            guard case .failure(let error) = result else { continue }
            Terminal.write("\(target): \(error.message)\n", to: STDERR_FILENO)
        }
        return results.map { StatusRow($0.target, $0.result) }.sorted(by: StatusRow.precedes)
    }

    private func rows(ofExporter url: String) async throws -> [StatusRow] {
        let curl = try CommandClient.make(HTTPSettings())
        let result: Result<CurlResponse, any Error>
        do {
            let path = url.split(separator: "/", omittingEmptySubsequences: true).count > 2 ? "" : "/metrics"
            let base = url.hasSuffix("/") ? String(url.dropLast()) : url
            result = .success(try await curl.perform(CurlRequest(url: base + path, maxResponseBytes: 256 << 20)))
        } catch {
            result = .failure(error)
        }
        await curl.shutdown()
        switch result {
        case .failure(let error): throw Failure.exit(error)
        case .success(let response) where response.status != 200:
            throw Failure.exit("\(url) answers with HTTP \(response.status): is that a koreai-exporter?")
        case .success(let response):
            let rows = ExporterPage(String(decoding: response.body, as: UTF8.self)).rows
            for name in bot where !rows.contains(where: { $0.bot == name }) {
                throw ValidationError("The exporter at \(url) has no bot '\(name)'.")
            }
            return bot.isEmpty ? rows : rows.filter { bot.contains($0.bot) }
        }
    }
}
