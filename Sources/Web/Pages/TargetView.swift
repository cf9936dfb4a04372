import Model

/// The values of one target, for the templates.
struct TargetView {
    /// How long a run or job has been under way, compared with the mean duration.
    struct Running {
        let text: String
        /// Elapsed seconds of the mean duration, at most all of it; `nil` if that mean is unknown or below a second.
        let bar: Bar?
        let isLate: Bool
    }

    struct Bar {
        let value: Int
        let most: Int
    }

    /// A run that takes longer than this many mean durations is marked as late.
    private static let lateFactor = 2.0

    let name: String
    let status: String
    /// The CSS class of the status: `fine`, `failed`, `active` or `unknown`.
    let kind: String
    let running: Running?
    /// The age of the last good reply; `nil` if there was none.
    let age: String?
    let ageTitle: String
    let flags: FlagGrid?
    /// The progress of an export or publish in whole percent; `nil` once it succeeded.
    let progress: Int?
    let progressLabel: String
    /// For a publish: when the last successful one ended.
    let published: String?
    /// For a publish: the languages that were trained since the last successful one; `nil` if there are none.
    let unpublished: String?
    /// The parts of the last publish that failed.
    let failedParts: String?
    /// The reason why polls fail, in one word.
    let failure: String?
    let ended: UInt64
    let failed: UInt64
    let hasFailed: Bool
    let usual: String

    /// - Parameter models: For a publish, the ML trainings of the version in development.
    init(_ target: TargetReport, models: [TargetReport] = [], now: Double) {
        name = HumanText.target(target.target)
        status = target.isBlank ? "none yet" : target.status?.replacing("_", with: " ") ?? "unknown"
        running = target.runningSince.map { Self.running(since: $0.seconds, usual: target.meanDuration, now: now) }
        age = target.lastSuccess.map { HumanText.duration(now - $0.seconds) }
        ageTitle = target.lastSuccess.map { "The last good reply came at \(HumanText.time($0.seconds))" } ?? ""
        flags = FlagGrid(target.components, now: now)
        progress = target.status == "success" ? nil : target.progress.map { Int($0 * 100) }
        let isPublish = target.target.collector == .publish
        progressLabel = isPublish ? "Publish progress" : "Export progress"
        published =
            isPublish
            ? target.lastSuccessfulRun.map { "published \(HumanText.duration(now - $0.seconds)) ago" } : nil
        unpublished = isPublish ? Self.unpublished(since: target.lastSuccessfulRun, models, now: now) : nil
        failedParts =
            target.failedParts.isEmpty
            ? nil : "failed: " + target.failedParts.map { $0.replacing("_", with: " ") }.joined(separator: ", ")
        failure = target.failure?.reason
        kind = Self.kind(target.status)
        (ended, failed, hasFailed) = (target.ended, target.failed, target.failed > 0)
        usual = target.meanDuration.map(HumanText.duration) ?? "not known"
    }

    private static func unpublished(since published: Timestamp?, _ models: [TargetReport], now: Double) -> String? {
        guard let published else { return nil }
        let later = models.filter { $0.lastSuccessfulRun.map { $0 > published } ?? false }
        guard let last = later.compactMap(\.lastSuccessfulRun).max() else { return nil }
        let languages = later.map(\.target.language).joined(separator: ", ")
        return "\(languages) trained \(HumanText.duration(now - last.seconds)) ago, not published since"
    }

    private static func running(since start: Double, usual: Double?, now: Double) -> Running {
        let elapsed = now - start
        guard let usual, usual >= 1 else {
            return Running(text: "for \(HumanText.duration(elapsed))", bar: nil, isLate: false)
        }
        return Running(
            text: "for \(HumanText.duration(elapsed)), usually \(HumanText.duration(usual))",
            bar: Bar(value: Int(max(0, min(elapsed, usual))), most: Int(min(usual, 1e12))),
            isLate: elapsed > usual * lateFactor
        )
    }

    private static func kind(_ status: String?) -> String {
        switch status {
        case "finished", "success": "fine"
        case "failed": "failed"
        case "queued", "pending", "in_progress": "active"
        default: "unknown"
        }
    }
}

/// The sync flags of a target's components as a small grid.
struct FlagGrid {
    struct Cell {
        let x: Int
        let y: Int
        let kind: String
        let title: String
    }

    /// How many components are out of sync, and since when.
    struct Drift {
        let text: String
        /// The time in ISO 8601; `nil` if it is not known.
        let since: String?
    }

    private static let columns = 10
    private static let step = 11

    let cells: [Cell]
    let width: Int
    let height: Int
    /// The text alternative of the grid.
    let label: String
    /// `nil` if all components are in sync.
    let drift: Drift?

    /// - Returns: `nil` if there are no flags.
    init?(_ flags: [TargetReport.Component], now: Double) {
        guard !flags.isEmpty else { return nil }
        let out = flags.filter { !$0.inSync }
        cells = flags.enumerated().map { number, flag in
            Cell(
                x: number % Self.columns * Self.step,
                y: number / Self.columns * Self.step,
                kind: flag.inSync ? "in" : "out",
                title: "\(flag.name): \(Self.words(flag, now: now))"
            )
        }
        width = min(flags.count, Self.columns) * Self.step
        height = (flags.count + Self.columns - 1) / Self.columns * Self.step
        let names = out.map(\.name).joined(separator: ", ")
        label =
            "\(flags.count - out.count) of \(flags.count) components in sync"
            + (out.isEmpty ? "" : "; out of sync: \(names)")
        drift = out.isEmpty ? nil : Self.drift(out, now: now)
    }

    static func words(_ flag: TargetReport.Component, now: Double) -> String {
        guard !flag.inSync else { return "in sync" }
        return "out of sync" + (flag.since.map { " for \(HumanText.duration(now - $0.seconds))" } ?? "")
    }

    private static func drift(_ out: [TargetReport.Component], now: Double) -> Drift {
        let since = out.compactMap(\.since).min()
        return Drift(
            text: "\(out.count) out of sync" + (since.map { " for \(HumanText.duration(now - $0.seconds))" } ?? ""),
            since: since.map { HumanText.time($0.seconds) }
        )
    }
}

/// The last runs as a bar chart, the latest at the right.
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
    /// The least height of a bar, also for a run whose duration is not known.
    private static let leastHeight = 3

    let bars: [Bar]
    let width: Int
    let height = RunChart.fullHeight
    /// The text alternative of the chart.
    let label: String

    /// - Parameter runs: The latest first.
    /// - Returns: `nil` if there are no runs.
    init?(_ runs: [HistoryEntry], now: Double) {
        let shown = Array(runs.prefix(Self.most).reversed())
        guard !shown.isEmpty else { return nil }
        let longest = shown.compactMap(\.run.seconds).max()
        bars = shown.enumerated().map { number, run in
            let share = (run.run.seconds ?? 0) / max(longest ?? 0, 0.001)
            let height = max(Self.leastHeight, Int(share * Double(Self.fullHeight)))
            return Bar(
                x: number * Self.step,
                y: Self.fullHeight - height,
                height: height,
                outcome: run.run.outcome.rawValue,
                title: Self.title(run, now: now)
            )
        }
        width = shown.count * Self.step
        let failed = shown.count { $0.run.outcome == .failed }
        label =
            "Last \(HumanText.count(shown.count, "run")), \(failed == 0 ? "none" : "\(failed)") failed"
            + (longest.map { ", up to \(HumanText.duration($0))" } ?? "")
    }

    private static func title(_ run: HistoryEntry, now: Double) -> String {
        let duration = run.run.seconds.map { ", took \(HumanText.duration($0))" } ?? ""
        let age = HumanText.duration(now - run.run.end.seconds)
        return "\(HumanText.target(run.target)): \(run.run.outcome.rawValue) \(age) ago\(duration)"
    }
}
