import Foundation
import Scheduling

/// One row of the table: the schedule against a fixed interval that spends the same requests.
struct Comparison {
    let bots: Int
    let publishedStates: Int
    let hours: Double
    let requests: Int
    let requestsPerBotMinute: Double
    let crossings: Int
    let runs: Int
    /// Of the fixed poller, in milliseconds.
    let interval: Double
    let scheduled: Measured
    let fixed: Measured
    /// CPU and waiting, in microseconds of a request.
    let cost: Double

    init(bots: Int, publishedStates: Int, hours: Double, rhythm: Schedule.Rhythm, seed: UInt64) {
        self.bots = bots
        self.publishedStates = publishedStates
        self.hours = hours
        let end = Int64(hours * 3_600_000)
        let day = Day(bots: bots, publishedStates: publishedStates, length: end, seed: seed)
        var poller = ScheduledPoller(day: day, bots: bots, rhythm: rhythm, seed: seed)
        let began = ContinuousClock.now
        poller.run(until: end)
        cost = (ContinuousClock.now - began) / .microseconds(1) / Double(max(1, poller.requests))
        requests = poller.requests
        requestsPerBotMinute = Double(requests) / Double(bots) / (hours * 60)
        crossings = poller.crossings
        runs = day.runs.count
        interval = Double(end) * Double(bots * Day.targetsPerBot) / Double(max(1, requests))
        scheduled = Self.sorted(poller.measured)
        fixed = Self.sorted(FixedPoller.measure(day, bots: bots, interval: interval, until: end, seed: seed ^ 0xF17))
    }

    private static func sorted(_ measured: Measured) -> Measured {
        var measured = measured
        measured.starts.sort()
        measured.completions.sort()
        return measured
    }

    /// What is measured, for both.
    private var figures: [Figure] {
        [
            figure("completion, p50", 0.5, \.completions, goal: 1.0 / 3),
            figure("completion, p95", 0.95, \.completions, goal: 1.0 / 3),
            figure("completion, p99", 0.99, \.completions, goal: nil),
            figure("start, p50", 0.5, \.starts, goal: nil),
            figure("start, p95", 0.95, \.starts, goal: 1.1),
            Figure(name: "longest unseen", scheduled: Double(scheduled.longestGap), fixed: interval, goal: 3),
        ]
    }

    private func figure(_ name: String, _ share: Double, _ delays: KeyPath<Measured, [Int64]>, goal: Double?) -> Figure
    {
        Figure(
            name: name,
            scheduled: Double(Measured.percentile(share, of: scheduled[keyPath: delays])),
            fixed: Double(Measured.percentile(share, of: fixed[keyPath: delays])),
            goal: goal
        )
    }

    var meetsGoals: Bool {
        crossings == 0 && figures.allSatisfy(\.isMet)
    }

    /// Lines of a Markdown table.
    var rows: [String] {
        let burst = "\(publishedStates * Day.trainingsPerState) a publish"
        let name = "\(bots) \(bots == 1 ? "bot" : "bots"), \(burst), \(Self.text(hours, 0)) h, \(runs) runs"
        let rate = Self.text(requestsPerBotMinute, 2)
        return figures.map { figure in
            let goal = figure.goal.map { "≤ \(Self.text($0, 2))\(figure.isMet ? "" : " **missed**")" }
            let (scheduled, fixed) = (Self.text(figure.scheduled / 1000, 1), Self.text(figure.fixed / 1000, 1))
            return "| \(name) | \(figure.name) | \(scheduled) s | \(fixed) s | \(Self.text(figure.ratio, 2)) |"
                + " \(goal ?? "") |"
        } + [
            "| \(name) | limits crossed, times | \(crossings) | | | 0\(crossings == 0 ? "" : " **missed**") |",
            "| \(name) | requests a minute and bot | \(rate) | \(rate) | | |",
        ]
    }

    static func text(_ number: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", number)
    }
}
