/// The components of a bot by name, and in which of its models each is in sync.
struct ComponentTable {
    struct Cell {
        let kind: String
        let text: String
        /// As ISO 8601 has it; `nil` for what is in sync.
        let since: String?
    }

    struct Row {
        let component: String
        let cells: [Cell]
    }

    /// The headings of the columns: language and state.
    let models: [String]
    let rows: [Row]

    /// - Returns: `nil` where there are no flags.
    init?(_ targets: [TargetStatus], now: Double) {
        let targets = targets.filter { !$0.flags.isEmpty }
        guard !targets.isEmpty else { return nil }
        models = targets.map { "\($0.language), \($0.state)" }
        var names: [String] = []
        for flag in targets.flatMap(\.flags) where !names.contains(flag.component) { names.append(flag.component) }
        rows = names.map { name in
            Row(component: name, cells: targets.map { Self.cell(of: name, in: $0, now: now) })
        }
    }

    private static func cell(of component: String, in target: TargetStatus, now: Double) -> Cell {
        guard let flag = target.flags.first(where: { $0.component == component }) else {
            return Cell(kind: "unknown", text: "not told", since: nil)
        }
        return Cell(
            kind: flag.inSync ? "fine" : "drifting",
            text: FlagGrid.words(flag, now: now),
            since: flag.since.map(HumanText.time)
        )
    }
}
