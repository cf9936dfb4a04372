import Model

/// The values of the page of one bot, for its template.
struct BotPageView {
    /// A target and the chart of its last runs.
    struct TargetRuns {
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
        let runID: String?
        let reason: String?
    }

    struct Action {
        let what: String
        let cause: String
        let outcome: String
        let error: String?
        let runID: String?
        let age: String
    }

    let title: String
    let version: String
    let metrics: String
    let bot: BotView
    let components: ComponentTable?
    let targets: [TargetRuns]
    let runs: [Run]
    let hasRuns: Bool
    let actions: [Action]
    let hasActions: Bool

    init(_ status: BotReport, options: WebOptions, now: Double) {
        title = status.name
        version = options.version
        metrics = PageLink.metrics(options)
        bot = BotView(status, now: now)
        components = ComponentTable(status.targets, now: now)
        targets = status.targets.map { target in
            let runs = status.history.runs.filter { $0.target == target.target }
            return TargetRuns(target: TargetView(target, now: now), chart: RunChart(runs, now: now))
        }
        runs = status.history.runs.map { entry in
            let run = entry.run
            return Run(
                target: HumanText.target(entry.target),
                outcome: run.outcome.rawValue,
                kind: run.outcome == .success ? "fine" : run.outcome.rawValue,
                end: HumanText.time(run.end.seconds),
                age: HumanText.duration(now - run.end.seconds) + " ago",
                duration: Self.duration(of: run),
                runID: run.id,
                reason: run.reason
            )
        }
        hasRuns = !runs.isEmpty
        actions = status.history.actions.map { action in
            Action(
                what: [action.action.replacing("_", with: " "), action.language].filter { !$0.isEmpty }
                    .joined(separator: " "),
                cause: action.cause,
                outcome: action.outcome.replacing("_", with: " "),
                error: action.error,
                runID: action.runID,
                age: HumanText.duration(now - action.at.seconds) + " ago"
            )
        }
        hasActions = !actions.isEmpty
    }

    /// The duration of a run and its possible error, in whole units.
    private static func duration(of run: EndedRun) -> String {
        guard let duration = run.seconds else { return "not known" }
        guard run.bound > 0 else { return HumanText.duration(duration) }
        return "\(HumanText.duration(duration)) ± \(HumanText.duration((Double(run.bound) / 1000).rounded(.up)))"
    }
}

/// The values of one bot, for the templates.
struct BotView {
    struct Label {
        let name: String
        let value: String
    }

    /// Why polls of some targets fail, and the advice of the last of these failures.
    struct Failure {
        let reason: String
        let targets: String
        let advice: String
    }

    struct Job {
        let title: String
        let target: TargetView
    }

    let name: String
    let id: String
    let link: String
    let attention: String
    let attentionTitle: String
    let labels: [Label]
    /// The headings of the columns for trainings.
    let engines: [String]
    let hasEngines: Bool
    let rows: [TrainingRow]
    /// The bot's export and publish.
    let jobs: [Job]
    /// How many columns the cell of a job spans.
    let jobSpan: Int
    let failures: [Failure]
    let budget: BudgetView?
    let chart: RunChart?

    init(_ bot: BotReport, now: Double) {
        name = bot.name
        id = bot.id
        link = PageLink.bot(bot.name)
        attention = bot.attention.rawValue
        attentionTitle = bot.attention.title
        labels = bot.labels.sorted { $0.key < $1.key }.map { Label(name: $0.key, value: $0.value) }
        let collectors = [Collector.mlTraining, .faqTraining].filter { collector in
            bot.targets.contains { $0.target.collector == collector }
        }
        engines = collectors.map(HumanText.collector)
        hasEngines = !engines.isEmpty
        rows = TrainingRow.rows(of: bot.targets, engines: collectors, now: now)
        let models = bot.targets.filter {
            $0.target.collector == .mlTraining && $0.target.state == BotState.configured.rawValue
        }
        jobs = [(Collector.mlExport, "Export"), (.publish, "Publish")].compactMap { collector, title in
            bot.targets.first { $0.target.collector == collector }.map {
                Job(title: title, target: TargetView($0, models: models, now: now))
            }
        }
        jobSpan = max(1, engines.count)
        failures = Dictionary(grouping: bot.targets.compactMap(\.failure), by: \.reason)
            .sorted { $0.key < $1.key }
            .map { reason, failures in
                Failure(
                    reason: reason,
                    targets: HumanText.count(failures.count, "target"),
                    advice: failures.last?.message ?? ""
                )
            }
        budget = bot.requestsLeft.map(BudgetView.init)
        chart = RunChart(bot.history.runs, now: now)
    }
}
