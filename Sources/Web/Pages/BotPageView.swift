/// The page of one bot as its template shows it.
struct BotPageView {
    struct Run {
        let target: String
        let outcome: String
        let age: String
        let duration: String
    }

    let title: String
    let version: String
    let metrics: String
    let bot: BotView
    let runs: [Run]
    let hasRuns: Bool

    init(_ status: BotStatus, options: WebOptions, now: Double) {
        title = status.name
        version = options.version
        metrics = options.telemetryPath
        bot = BotView(status, now: now)
        runs = status.runs.map { run in
            Run(
                target: HumanText.target(collector: run.collector, language: run.language, state: run.state),
                outcome: run.outcome,
                age: HumanText.duration(now - run.end) + " ago",
                duration: run.duration.map(HumanText.duration) ?? "not known"
            )
        }
        hasRuns = !runs.isEmpty
    }
}
