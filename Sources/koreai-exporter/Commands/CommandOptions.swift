import App
import Archive
import ArgumentParser
import Curl
import FoundationEssentials
import Model
import Polling
import Scheduling
import Settings

/// The flags that `train`, `export` and `publish` have in common.
struct ActionOptions: ParsableArguments {
    private static let standardTimeout = DurationOption(.seconds(1800))

    @Flag(help: "Wait for its end. Where one runs already, wait for that first, and start another then.")
    var wait = false

    @Flag(help: "Start nothing: wait for the one that runs, or tell how the last one ended.")
    var resume = false

    @Option(
        help: ArgumentHelp("Wait no longer than this.", valueName: "duration"),
        transform: DurationOption.parse
    )
    var timeout = standardTimeout

    @Option(help: "What is written to standard output: lines for people, or a JSON object for each.")
    var format = OutputFormat.text

    @OptionGroup var configuration: ConfigurationFlags

    @OptionGroup var store: StoreOptions

    func intent(withFile: Bool = false) -> ActionIntent {
        resume ? .resume : wait || withFile ? .startAndWait : .start
    }

    /// - Throws: `ExitCode` with the lowest exit code of the actions that did not end well.
    func run(_ items: [ActionSession.Item], settings: Settings, gate: BudgetGate) async throws {
        let session = ActionSession(
            settings: settings,
            gate: gate,
            items: items,
            timeout: timeout.duration,
            isText: format == .text,
            storage: store.storagePath
        )
        let code = try await Failure.reported { try await session.run() }
        if code != 0 { throw ExitCode(code) }
    }

    /// The command line that waits for the action again, with every flag that matters for that.
    ///
    /// - Parameter words: The command's name and its own flags.
    func resumption(_ words: [String]) -> String {
        var words = ["koreai-exporter"] + words
        if configuration.file != ConfigurationFlags.standard { words += ["--config.file", configuration.file] }
        if store.storagePath != StoreOptions.standard { words += ["--storage.path", store.storagePath] }
        if timeout != Self.standardTimeout { words += ["--timeout", "\(timeout)"] }
        if format != .text { words += ["--format", format.rawValue] }
        return (words + ["--resume"]).map(ShellWord.quoted).joined(separator: " ")
    }

    static let exitCodes = """
        Exit codes: 0 done, or started where --wait is not given; 1 nothing was started, for another reason; 2 it failed; \
        3 the time to wait was over; 4 the credential was refused; 5 its scope was refused; 6 the budget or rate limit \
        was used up; 7 one runs already and --wait is not given; 8 the file could not be downloaded; 9 a publish \
        awaits approval; 64 wrong usage; 130 stopped by Ctrl-C. If several fail, the exit code is the lowest of theirs.
        """
}

/// A duration on the command line, such as `1m30s`, in Prometheus's notation.
struct DurationOption: Equatable, CustomStringConvertible {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    /// - Throws: `ValidationError` that says what is wrong, in the words of the configuration's complaints.
    static func parse(_ text: String) throws -> DurationOption {
        do throws(PrometheusDurationError) {
            let option = DurationOption(try PrometheusDuration.parse(text))
            if option.duration > .zero { return option }
        } catch {
            throw ValidationError("It must be a duration such as `30s` or `1m30s`: \(error).")
        }
        throw ValidationError("It must be more than 0.")
    }

    var description: String { duration.prometheusText }
}

/// The value of `--format`.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
}

/// The flag `--storage.path` of commands that ask the platform beside a running exporter.
struct StoreOptions: ParsableArguments {
    static let standard = "data/"

    @Option(
        name: .customLong("storage.path"),
        help: ArgumentHelp(
            "The store of the exporter: what is asked spends its budgets, and discovered bots have the names there.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var storagePath = standard

    /// The command's budgets, which begin with what the exporter and other commands have used.
    func gate(_ settings: Settings) async -> BudgetGate {
        await Self.gate(settings, storage: storagePath)
    }

    /// The settings with the bots that `discovery` finds now.
    ///
    /// - Throws: `ExitCode`, once the reason is on standard error.
    func withFoundBots(_ settings: Settings, gate: BudgetGate) async throws -> Settings {
        try await Failure.reported { try await FoundBots.added(to: settings, storage: storagePath, gate: gate) }
    }

    static func gate(_ settings: Settings, storage: String) async -> BudgetGate {
        let limits = BudgetLimits(
            perMinute: settings.budgets.requestsPerMinute,
            perHour: settings.budgets.requestsPerHour
        )
        let gate = BudgetGate(limits, ledger: await CommandLedger(at: storage))
        await gate.resume()
        return gate
    }
}

/// The flag `--config.file` of all commands but `serve`.
struct ConfigurationFlags: ParsableArguments {
    static let standard = "koreai-exporter.yml"

    @Option(
        name: .customLong("config.file"),
        help: ArgumentHelp("The configuration file.", valueName: "file"),
        completion: .file(extensions: ["yml", "yaml"])
    )
    var file = standard

    /// - Throws: `ExitCode`, once all complaints are on standard error.
    func settings() throws -> Settings {
        try ConfigurationCheck(file: file).settings()
    }

    /// How to reach a server: the section `http:` of the configuration, or defaults if the standard file is absent.
    ///
    /// - Throws: `ExitCode`, once all complaints are on standard error.
    func clientSettings() throws -> HTTPSettings {
        if file == Self.standard, !FileManager.default.fileExists(atPath: file) { return HTTPSettings() }
        return try ConfigurationCheck(file: file).settings(requiringBots: false).http
    }

    /// The bots with these names or ids, in their order and each once; all bots, where `names` is empty.
    ///
    /// - Throws: `ExitCode`, once the reason is on standard error, where the configuration has no such bot.
    func bots(_ names: [String], of settings: Settings) throws -> [BotSettings] {
        guard !names.isEmpty else { return settings.bots }
        var found: [BotSettings] = []
        for name in names {
            guard let bot = settings.bots.first(where: { $0.name == name || $0.id == name }) else {
                let known = settings.bots.prefix(8).map(\.name).joined(separator: ", ")
                let meant = NearestWord.nearest(to: name, among: settings.bots.map(\.name))
                    .map { "Did you mean '\($0)'? " }
                throw Failure.exit(
                    """
                    \(file) has no bot '\(name)'. \(meant ?? "")It has \(known)\(settings.bots.count > 8 ? ", …" : "").
                    """
                )
            }
            if !found.contains(bot) { found.append(bot) }
        }
        return found
    }
}

/// Quotes words for a POSIX shell, where they need it.
enum ShellWord {
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:@,+=".contains($0)) }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
