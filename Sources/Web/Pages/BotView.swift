/// A bot as the templates show it.
struct BotView {
    struct Label {
        let name: String
        let value: String
    }

    /// Why polls of some targets fail, and what the last of them advises.
    struct Failure {
        let reason: String
        let targets: String
        let advice: String
    }

    let name: String
    let id: String
    let link: String
    let attention: String
    let attentionTitle: String
    let labels: [Label]
    /// The headings of the trainings' columns.
    let engines: [String]
    let hasEngines: Bool
    let rows: [TrainingRow]
    let export: TargetView?
    /// Columns that the export's cell takes.
    let exportSpan: Int
    let failures: [Failure]
    let budget: BudgetView?
    let chart: RunChart?

    init(_ bot: BotStatus, now: Double) {
        name = bot.name
        id = bot.id
        link = "/bot?name=" + PageLink.encoded(bot.name)
        attention = bot.attention.rawValue
        attentionTitle = bot.attention.title
        labels = bot.labels.map { Label(name: $0.name, value: $0.value) }
        let collectors = ["ml_training", "faq_training"].filter { name in bot.targets.contains { $0.collector == name }
        }
        engines = collectors.map(HumanText.collector)
        hasEngines = !engines.isEmpty
        rows = TrainingRow.rows(of: bot.targets, engines: collectors, now: now)
        export = bot.targets.first { $0.collector == "ml_export" }.map { TargetView($0, now: now) }
        exportSpan = max(1, engines.count)
        failures = Dictionary(grouping: bot.targets.compactMap(\.failure), by: \.reason)
            .sorted { $0.key < $1.key }
            .map { reason, failures in
                Failure(
                    reason: reason,
                    targets: HumanText.count(failures.count, "target"),
                    advice: failures.last?.advice ?? ""
                )
            }
        budget = bot.budget.map(BudgetView.init)
        chart = RunChart(bot.runs, now: now)
    }
}
