import FoundationEssentials
import Model

/// A table of a bot's components, which shows in which models each one is in sync.
struct ComponentTable {
    struct Cell {
        let kind: String
        let text: String
        /// The time in ISO 8601; `nil` if the component is in sync.
        let since: String?
    }

    struct Row {
        let component: String
        let cells: [Cell]
    }

    /// The column headings: language and state.
    let models: [String]
    let rows: [Row]

    /// - Returns: `nil` if no target has components.
    init?(_ targets: [TargetReport], now: Double) {
        let targets = targets.filter { !$0.components.isEmpty }
        guard !targets.isEmpty else { return nil }
        models = targets.map { "\($0.target.language), \($0.target.state)" }
        var names: [String] = []
        for component in targets.flatMap(\.components) where !names.contains(component.name) {
            names.append(component.name)
        }
        rows = names.map { name in
            Row(component: name, cells: targets.map { Self.cell(of: name, in: $0, now: now) })
        }
    }

    private static func cell(of component: String, in target: TargetReport, now: Double) -> Cell {
        guard let flag = target.components.first(where: { $0.name == component }) else {
            return Cell(kind: "unknown", text: "not told", since: nil)
        }
        return Cell(
            kind: flag.inSync ? "fine" : "drifting",
            text: FlagGrid.words(flag, now: now),
            since: flag.since.map { HumanText.time($0.seconds) }
        )
    }
}

/// The table row of one language and state, with a cell for the training of each engine.
struct TrainingRow {
    struct Cell {
        /// `nil` if this training is not polled.
        let target: TargetView?
    }

    let language: String
    let state: String
    let cells: [Cell]

    /// - Parameter engines: The collector of each column.
    static func rows(of targets: [TargetReport], engines: [Collector], now: Double) -> [TrainingRow] {
        var cells: [[String]: [Collector: TargetView]] = [:]
        var order: [[String]] = []
        for target in targets where engines.contains(target.target.collector) {
            let key = [target.target.language, target.target.state]
            if cells[key] == nil { order.append(key) }
            cells[key, default: [:]][target.target.collector] = TargetView(target, now: now)
        }
        return order.map { key in
            TrainingRow(language: key[0], state: key[1], cells: engines.map { Cell(target: cells[key]?[$0]) })
        }
    }
}

/// The text about the remaining requests of a bot's budget, for the templates.
struct BudgetView {
    let text: String
    let isScarce: Bool

    init(_ budget: RequestsLeft) {
        text =
            "\(budget.minute.remaining) of \(budget.minute.limit) requests left this minute, "
            + "\(budget.hour.remaining) of \(budget.hour.limit) this hour"
        isScarce = [budget.minute, budget.hour].contains { $0.remaining * 10 < $0.limit }
    }
}

/// Numbers and times as text for people.
enum HumanText {
    /// A duration in its largest unit, rounded down: `12 s`, `3 min`, `2 h`, `5 d`.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "?" }
        let whole = Int64(max(0, min(seconds, 1e12)))
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3600: return "\(whole / 60) min"
        case ..<86_400: return "\(whole / 3600) h"
        default: return "\(whole / 86_400) d"
        }
    }

    /// A Unix time as ISO 8601 in UTC: `2026-11-21T17:09:25Z`.
    static func time(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "?" }
        // ISO 8601 has four digits for the year: 1 to 9999.
        return Date(timeIntervalSince1970: max(-62_135_596_800, min(seconds, 253_402_300_799))).formatted(.iso8601)
    }

    /// A number and a noun in the singular or plural: `1 run`, `2 runs`.
    static func count(_ number: some BinaryInteger, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }

    /// The name of a collector, such as `ML training`.
    static func collector(_ collector: Collector) -> String {
        switch collector {
        case .mlTraining: "ML training"
        case .faqTraining: "FAQ training"
        case .mlExport: "ML export"
        case .publish: "publish"
        }
    }

    /// The name of a target, such as `ML training, en, published`.
    static func target(_ target: Target) -> String {
        ([collector(target.collector)] + [target.language, target.state].filter { !$0.isEmpty }).joined(separator: ", ")
    }
}
