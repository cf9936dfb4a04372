import Curl
import FoundationEssentials
import Glibc
import KoreAI
package import Model
import Polling
package import Settings
import Tracking
import UnixSignals

/// Carries out the actions of one command, side by side.
package struct ActionSession {
    package struct Item {
        var action: Action
        var intent: ActionIntent
        /// Where to write an export's file.
        var file: OutputPlace?
        /// The command line that waits for the action again.
        var resumption: String

        package init(action: Action, intent: ActionIntent, file: OutputPlace? = nil, resumption: String) {
            self.action = action
            self.intent = intent
            self.file = file
            self.resumption = resumption
        }
    }

    private enum Event {
        case toldToStop
        case displayEnded
        case ended([ActionReport])
    }

    let settings: Settings
    let gate: BudgetGate
    let items: [Item]
    /// How long each action may take.
    let timeout: Duration
    /// Whether standard output gets lines for people, rather than a JSON object for each action.
    let isText: Bool
    /// The folder of the exporter's store, which knows usual durations.
    let storage: String

    package init(
        settings: Settings,
        gate: BudgetGate,
        items: [Item],
        timeout: Duration,
        isText: Bool,
        storage: String
    ) {
        self.settings = settings
        self.gate = gate
        self.items = items
        self.timeout = timeout
        self.isText = isText
        self.storage = storage
    }

    /// - Returns: The command's exit code.
    /// - Throws: ``CurlError`` where the certificates of `http:` cannot be used.
    package func run() async throws -> Int32 {
        let curl = try CurlClient(settings.http)
        let display = await display()
        let reports = await run(through: curl, display)
        display.clear()
        await curl.shutdown()
        let interrupted = zip(items, reports).filter { $0.1.outcome == .interrupted(hasStarted: true) }
        if !interrupted.isEmpty {
            let commands = interrupted.map { "  " + $0.0.resumption + "\n" }.joined()
            Terminal.write("To wait for it again:\n" + commands, to: STDERR_FILENO)
        }
        if isText {
            for line in WhereToLook.lines(about: reports) { Terminal.write(line + "\n", to: STDERR_FILENO) }
        }
        return ActionOutcome.exitCode(of: reports.map(\.outcome))
    }

    /// The file descriptor for outcomes: standard output, unless an export's file goes there.
    private var outcomes: Int32 {
        items.contains { $0.file?.kind == .standardOutput } ? STDERR_FILENO : STDOUT_FILENO
    }

    private func display() async -> any ActionDisplay {
        let names = items.map(\.action.description)
        guard Terminal.isInteractive(STDERR_FILENO) else { return LineDisplay(names: names, outcomes: outcomes) }
        let usual = await UsualTimes.of(items.map(\.action), storage: storage)
        return ScreenDisplay(
            rows: items.map { ActionRow(name: $0.action.description, usual: usual[$0.action.poll.target]) },
            outcomes: outcomes
        )
    }

    private func run(through curl: CurlClient, _ display: any ActionDisplay) async -> [ActionReport] {
        let runner = ActionRunner(
            client: KoreAIClient(curl: curl, maxResponseBytes: settings.http.maxResponseBytes),
            curl: curl,
            gate: gate
        )
        let sharing = Dictionary(grouping: items, by: \.action.poll.countedWith).mapValues(\.count)
        return await withTaskGroup(of: Event.self) { group in
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { break }
                return .toldToStop
            }
            group.addTask {
                await display.run()
                return .displayEnded
            }
            group.addTask { .ended(await runAll(runner, sharing: sharing, display)) }
            for await event in group {
                switch event {
                // Stops the waiting; each report then says `interrupted`.
                case .toldToStop: group.cancelAll()
                case .displayEnded: break
                case .ended(let reports):
                    group.cancelAll()
                    return reports
                }
            }
            return []
        }
    }

    private func runAll(
        _ runner: ActionRunner,
        sharing: [String: Int],
        _ display: any ActionDisplay
    ) async -> [ActionReport] {
        await withTaskGroup(of: (Int, ActionReport).self) { group in
            for (index, item) in items.enumerated() {
                let poll = item.action.poll
                group.addTask {
                    let report = await runner.run(
                        item.action,
                        intent: item.intent,
                        file: item.file,
                        timeout: timeout,
                        interval: gate.interval(of: poll.activeInterval, sharing: sharing[poll.countedWith] ?? 1),
                        notify: { display.show($0, of: index) }
                    )
                    let result = ActionResult(report: report)
                    display.print(isText ? result.line(colours: Terminal.hasColours(outcomes)) : result.json)
                    return (index, report)
                }
            }
            var reports: [(Int, ActionReport)] = []
            for await report in group { reports.append(report) }
            return reports.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

/// Writes how an action ended, as a line for people or as JSON.
struct ActionResult {
    let report: ActionReport

    func line(colours: Bool) -> String {
        let paint = Paint(isOn: colours)
        let outcome = report.outcome
        let name = "\(report.action): "
        guard outcome.isGood else {
            let colour: Paint.Colour = if case .interrupted = outcome { .yellow } else { .red }
            let word = outcome.word.replacing("_", with: " ")
            let reason = report.reason.map { ": " + $0 } ?? ""
            return name + paint(word, colour) + ": " + outcome.sentence(of: report.action.noun) + reason + id
        }
        var line = name + paint(outcome.word, .green)
        if let start = report.start, outcome == .done { line += " after \(report.end.since(start).forPeople)" }
        if outcome == .doneUnseen { line += ": " + outcome.sentence(of: report.action.noun) }
        if let file = report.file, let bytes = report.bytes {
            line += "; wrote \(file == "-" ? "standard output" : file) (\(ByteCount.text(bytes)))"
        }
        return line + id
    }

    /// The platform's id of the run, which its support asks for.
    private var id: String { report.id.map { "; id \($0)" } ?? "" }

    /// One JSON object on one line.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        guard let data = try? encoder.encode(Members(report)) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    private struct Members: Encodable {
        var action: String
        var bot: String
        var engine: String?
        var language: String?
        var state: String?
        var type: String?
        var comment: String?
        var outcome: String
        var exitCode: Int32
        var message: String
        /// When the platform accepted the start.
        var start: String?
        var end: String
        var durationSeconds: Double?
        /// The platform's id of the run or job.
        var id: String?
        /// Why it failed, in the platform's words.
        var reason: String?
        var file: String?
        var bytes: Int?

        init(_ report: ActionReport) {
            action = "export"
            bot = report.action.bot
            switch report.action.kind {
            case .train(let engine, let language):
                action = "train"
                self.engine = engine.rawValue
                self.language = language
            case .export(let state, let fileType):
                self.state = state.rawValue
                type = fileType.rawValue
            case .publish(let comment, _):
                action = "publish"
                self.comment = comment
            }
            outcome = report.outcome.word
            exitCode = report.outcome.exitCode
            message = report.outcome.sentence(of: report.action.noun)
            start = report.start?.iso8601
            end = report.end.iso8601
            durationSeconds = report.duration.map { $0 / .seconds(1) }
            id = report.id
            reason = report.reason
            file = report.file
            bytes = report.bytes
        }
    }
}
