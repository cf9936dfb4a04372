/// The sync flags of a target as a small grid.
struct FlagGrid {
    struct Cell {
        let x: Int
        let y: Int
        let kind: String
        let title: String
    }

    /// What is out of sync, and since when.
    struct Drift {
        let text: String
        /// As ISO 8601 has it; `nil` where nobody knows.
        let since: String?
    }

    private static let columns = 10
    private static let step = 11

    let cells: [Cell]
    let width: Int
    let height: Int
    /// What the grid shows, in words.
    let label: String
    /// `nil` where all are in sync.
    let drift: Drift?

    /// - Returns: `nil` where there are no flags.
    init?(_ flags: [TargetStatus.Flag], now: Double) {
        guard !flags.isEmpty else { return nil }
        let out = flags.filter { !$0.inSync }
        cells = flags.enumerated().map { number, flag in
            Cell(
                x: number % Self.columns * Self.step,
                y: number / Self.columns * Self.step,
                kind: flag.inSync ? "in" : "out",
                title: "\(flag.component): \(Self.words(flag, now: now))"
            )
        }
        width = min(flags.count, Self.columns) * Self.step
        height = (flags.count + Self.columns - 1) / Self.columns * Self.step
        let names = out.map(\.component).joined(separator: ", ")
        label =
            "\(flags.count - out.count) of \(flags.count) components in sync"
            + (out.isEmpty ? "" : "; out of sync: \(names)")
        drift = out.isEmpty ? nil : Self.drift(out, now: now)
    }

    static func words(_ flag: TargetStatus.Flag, now: Double) -> String {
        guard !flag.inSync else { return "in sync" }
        return "out of sync" + (flag.since.map { " for \(HumanText.duration(now - $0))" } ?? "")
    }

    private static func drift(_ out: [TargetStatus.Flag], now: Double) -> Drift {
        let since = out.compactMap(\.since).min()
        return Drift(
            text: "\(out.count) out of sync" + (since.map { " for \(HumanText.duration(now - $0))" } ?? ""),
            since: since.map(HumanText.time)
        )
    }
}
