/// The page of one bot as its template shows it.
struct BotPageView {
    /// A target's runs so far.
    struct Course {
        let target: TargetView
        let chart: RunChart?
    }

    struct Run {
        let target: String
        let outcome: String
        let kind: String
        let end: String
        let age: String
        let duration: String
    }

    struct Action {
        let what: String
        let cause: String
        let outcome: String
        let error: String?
        let age: String
    }

    let title: String
    let version: String
    let metrics: String
    let bot: BotView
    let components: ComponentTable?
    let courses: [Course]
    let runs: [Run]
    let hasRuns: Bool
    let actions: [Action]
    let hasActions: Bool

    init(_ status: BotStatus, options: WebOptions, now: Double) {
        title = status.name
        version = options.version
        metrics = options.telemetryPath
        bot = BotView(status, now: now)
        components = ComponentTable(status.targets, now: now)
        courses = status.targets.map { target in
            let runs = status.runs.filter {
                ($0.collector, $0.language, $0.state) == (target.collector, target.language, target.state)
            }
            return Course(target: TargetView(target, now: now), chart: RunChart(runs, now: now))
        }
        runs = status.runs.map { run in
            Run(
                target: HumanText.target(collector: run.collector, language: run.language, state: run.state),
                outcome: run.outcome,
                kind: run.outcome == "success" ? "fine" : run.outcome,
                end: HumanText.time(run.end),
                age: HumanText.duration(now - run.end) + " ago",
                duration: Self.duration(of: run)
            )
        }
        hasRuns = !runs.isEmpty
        actions = status.actions.map { action in
            Action(
                what: [action.action.replacing("_", with: " "), action.language].filter { !$0.isEmpty }
                    .joined(separator: " "),
                cause: action.cause,
                outcome: action.outcome.replacing("_", with: " "),
                error: action.error,
                age: HumanText.duration(now - action.at) + " ago"
            )
        }
        hasActions = !actions.isEmpty
    }

    /// With how far it may be off, in whole units.
    private static func duration(of run: RunStatus) -> String {
        guard let duration = run.duration else { return "not known" }
        guard let bound = run.bound, bound > 0 else { return HumanText.duration(duration) }
        return "\(HumanText.duration(duration)) ± \(HumanText.duration(bound.rounded(.up)))"
    }
}
