import App
import ArgumentParser
import Curl
import Glibc
import KoreAI
import Model
import Polling
import Settings
import Tracking

/// Shows the present status of bots.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell how bots do now, asked of the platform or of a running exporter.",
        discussion: """
            Exit codes: 0 all were asked; 1 something could not be asked, or a bot is not known; with --check 2 the last \
            training, export or publish of a target failed; 64 wrong usage. If several apply, the lowest counts.
            """
    )

    @Argument(help: "The bots, by name; without one all.")
    var bot: [String] = []

    @OptionGroup(title: "A running exporter") var exporter: ExporterFlags

    @Flag(help: "Exit with 2 where the last training, export or publish of a target failed.")
    var check = false

    @Flag(help: "Ask again and again, until Ctrl-C.")
    var watch = false

    @Option(
        help: ArgumentHelp(
            "Between two rounds of --watch; longer where the budget asks for it.",
            valueName: "duration"
        ),
        transform: DurationOption.parse
    )
    var interval = DurationOption(.seconds(10))

    @Option(
        help: ArgumentHelp("Wait no longer than this for room in the budgets.", valueName: "duration"),
        transform: DurationOption.parse
    )
    var timeout = DurationOption(.seconds(60))

    @Option(help: "A table for people, or a JSON object for each target.")
    var format = OutputFormat.text

    @OptionGroup var configuration: ConfigurationFlags

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let source = if let url = exporter.exporter { try ofExporter(url) } else { try await ofPlatform() }
        guard watch else {
            let rows = try await Failure.reported { try await source.rows() }
            await source.curl.shutdown()
            show(rows)
            let codes = [
                rows.contains { $0.failure != nil } ? 1 : 0, check && rows.contains(where: \.hasFailed) ? 2 : 0,
            ]
            if let code = codes.first(where: { $0 != 0 }) { throw ExitCode(Int32(code)) }
            return
        }
        while !Task.isCancelled {
            do {
                let rows = try await source.rows()
                // Moves the cursor to the top of the terminal, and clears it.
                if Terminal.isInteractive(STDOUT_FILENO) { Terminal.write("\u{1B}[H\u{1B}[2J", to: STDOUT_FILENO) }
                show(rows)
            } catch {
                _ = Failure.exit(error)
            }
            try await Task.sleep(for: source.interval)
        }
    }

    /// The platform or an exporter, as the source of a table's rows.
    private struct Source {
        let curl: CurlClient
        let interval: Duration
        let rows: () async throws -> [StatusRow]
    }

    private func show(_ rows: [StatusRow]) {
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
    }

    private func ofPlatform() async throws -> Source {
        let configured = try configuration.settings()
        let gate = await store.gate(configured)
        let settings = try await store.withFoundBots(configured, gate: gate)
        let names = Set(try configuration.bots(bot, of: settings).map(\.name))
        let targets = PollPlan(settings).targets.filter { names.contains($0.target.bot) }
        let curl = try await Failure.reported { try CurlClient(settings.http) }
        let client = KoreAIClient(curl: curl, maxResponseBytes: settings.http.maxResponseBytes)
        let asker = StatusAsker(client: client, gate: gate)
        let sharing = Dictionary(grouping: targets, by: \.countedWith).values.map(\.count).max() ?? 1
        return Source(curl: curl, interval: gate.interval(of: interval.duration, sharing: sharing)) {
            let results = await asker.ask(targets, timeout: timeout.duration) {
                Terminal.write($0 + "\n", to: STDERR_FILENO)
            }
            let failures = results.compactMap { target, result in
                if case .failure(let error) = result { (target: target, error: error) } else { nil }
            }
            for line in StatusFailures.lines(failures) { Terminal.write(line + "\n", to: STDERR_FILENO) }
            return results.map { StatusRow($0.target, $0.result) }.sorted(by: StatusRow.precedes)
        }
    }

    private func ofExporter(_ url: String) throws -> Source {
        let settings = exporter.settings(try configuration.clientSettings())
        let authorization = try exporter.authorization()
        let curl: CurlClient
        do {
            curl = try CurlClient(settings)
        } catch {
            throw Failure.exit(error)
        }
        return Source(curl: curl, interval: interval.duration) {
            let rows = try await ExporterStatus.rows(of: url, authorization: authorization, through: curl)
            for name in bot where !rows.contains(where: { $0.bot == name }) {
                throw Failure.exit("The exporter at \(ExporterStatus.shown(url)) has no bot '\(name)'.")
            }
            return bot.isEmpty ? rows : rows.filter { bot.contains($0.bot) }
        }
    }
}
