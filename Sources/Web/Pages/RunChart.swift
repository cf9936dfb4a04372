/// The last runs as bars, the latest at the right.
struct RunChart {
    struct Bar {
        let x: Int
        let y: Int
        let height: Int
        let outcome: String
        let title: String
    }

    private static let most = 24
    private static let step = 7
    private static let fullHeight = 28
    /// Of a run whose duration nobody knows.
    private static let leastHeight = 3

    let bars: [Bar]
    let width: Int
    let height = RunChart.fullHeight
    /// What the chart shows, in words.
    let label: String

    /// - Parameter runs: The latest first.
    /// - Returns: `nil` where there are none.
    init?(_ runs: [RunStatus], now: Double) {
        let shown = Array(runs.prefix(Self.most).reversed())
        guard !shown.isEmpty else { return nil }
        let longest = shown.compactMap(\.duration).max()
        bars = shown.enumerated().map { number, run in
            let share = (run.duration ?? 0) / max(longest ?? 0, 0.001)
            let height = max(Self.leastHeight, Int(share * Double(Self.fullHeight)))
            return Bar(
                x: number * Self.step,
                y: Self.fullHeight - height,
                height: height,
                outcome: run.outcome,
                title: Self.title(run, now: now)
            )
        }
        width = shown.count * Self.step
        let failed = shown.count { $0.outcome == "failed" }
        label =
            "Last \(HumanText.count(shown.count, "run")), \(failed == 0 ? "none" : "\(failed)") failed"
            + (longest.map { ", up to \(HumanText.duration($0))" } ?? "")
    }

    private static func title(_ run: RunStatus, now: Double) -> String {
        let target = HumanText.target(collector: run.collector, language: run.language, state: run.state)
        let duration = run.duration.map { ", took \(HumanText.duration($0))" } ?? ""
        return "\(target): \(run.outcome) \(HumanText.duration(now - run.end)) ago\(duration)"
    }
}
