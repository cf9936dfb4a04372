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
    let targets: [TargetView]
    let failures: [Failure]
    let budget: String?
    let chart: RunChart?

    init(_ bot: BotStatus, now: Double) {
        name = bot.name
        id = bot.id
        link = "/bot?name=" + PageLink.encoded(bot.name)
        attention = bot.attention.rawValue
        attentionTitle = bot.attention.title
        labels = bot.labels.map { Label(name: $0.name, value: $0.value) }
        targets = bot.targets.map { TargetView($0, now: now) }
        failures = Dictionary(grouping: bot.targets.compactMap(\.failure), by: \.reason)
            .sorted { $0.key < $1.key }
            .map { reason, failures in
                Failure(
                    reason: reason,
                    targets: failures.count == 1 ? "1 target" : "\(failures.count) targets",
                    advice: failures.last?.advice ?? ""
                )
            }
        budget = bot.budget.map { "\($0.remaining) of \($0.limit) requests left this minute" }
        chart = RunChart(bot.runs, now: now)
    }
}
