import Actions
import ArgumentParser
import Curl
import Glibc
import KoreAI
import Polling
import Scheduling
import Settings
import UnixSignals

/// Sees the actions of one command to their ends, side by side.
struct ActionSession {
    struct Item {
        var action: Action
        /// Where to put an export's file.
        var file: String?
        /// The command that waits for it again.
        var resumption: String
    }

    private enum Event {
        case toldToStop
        case displayEnded
        case ended([ActionReport])
    }

    let settings: Settings
    let options: ActionOptions
    let items: [Item]

    /// - Throws: `ExitCode` where one did not end well.
    func run() async throws {
        let curl = try CommandClient.make(settings.http)
        let display = await display()
        let reports = await run(through: curl, display)
        display.clear()
        await curl.shutdown()
        let interrupted = zip(items, reports).filter { $0.1.outcome == .interrupted(hasStarted: true) }
        if !interrupted.isEmpty {
            let commands = interrupted.map { "  " + $0.0.resumption + "\n" }.joined()
            Terminal.write("To wait for it again:\n" + commands, to: STDERR_FILENO)
        }
        let code = ActionOutcome.exitCode(of: reports.map(\.outcome))
        if code != 0 { throw ExitCode(code) }
    }

    private func display() async -> any ActionDisplay {
        let names = items.map(\.action.description)
        guard Terminal.isInteractive(STDERR_FILENO) else { return LineDisplay(names: names) }
        let usual = await UsualTimes.of(items.map(\.action), storage: options.storagePath)
        return ScreenDisplay(
            rows: items.map { ActionRow(name: $0.action.description, usual: usual[$0.action.poll.target]) }
        )
    }

    private func run(through curl: CurlClient, _ display: any ActionDisplay) async -> [ActionReport] {
        let gate = BudgetGate(PollPlan(settings).limits)
        let runner = ActionRunner(
            client: KoreAIClient(curl: curl, maxResponseBytes: settings.http.maxResponseBytes),
            curl: curl,
            gate: gate
        )
        let sharing = Dictionary(grouping: items, by: \.action.poll.budget).mapValues(\.count)
        return await withTaskGroup(of: Event.self) { group in
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { break }
                return .toldToStop
            }
            group.addTask {
                await display.run()
                return .displayEnded
            }
            group.addTask { .ended(await runAll(runner, gate: gate, sharing: sharing, display)) }
            for await event in group {
                switch event {
                // Stops the waiting, which the reports then tell.
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
        gate: BudgetGate,
        sharing: [String: Int],
        _ display: any ActionDisplay
    ) async -> [ActionReport] {
        await withTaskGroup(of: (Int, ActionReport).self) { group in
            for (index, item) in items.enumerated() {
                let poll = item.action.poll
                group.addTask {
                    let report = await runner.run(
                        item.action,
                        intent: options.intent(withFile: item.file != nil),
                        file: item.file,
                        patience: options.timeout.duration,
                        interval: gate.interval(of: poll.activeInterval, sharing: sharing[poll.budget] ?? 1),
                        tell: { display.tell($0, of: index) }
                    )
                    let result = ActionResult(report: report)
                    let isText = options.format == .text
                    display.print(isText ? result.line(colours: Terminal.hasColours(STDOUT_FILENO)) : result.json)
                    return (index, report)
                }
            }
            var reports: [(Int, ActionReport)] = []
            for await report in group { reports.append(report) }
            return reports.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
