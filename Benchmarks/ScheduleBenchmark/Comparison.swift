import Foundation
import Scheduling

/// One row of the table: the schedule against a fixed interval that spends the same requests.
struct Comparison {
    let bots: Int
    let counting: Counting
    let active: Duration
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

    init(bots: Int, counting: Counting, publishedStates: Int, hours: Double, rhythm: Schedule.Rhythm, seed: UInt64) {
        self.bots = bots
        self.counting = counting
        active = rhythm.active
        self.publishedStates = publishedStates
        self.hours = hours
        let end = Int64(hours * 3_600_000)
        let day = Day(bots: bots, publishedStates: publishedStates, length: end, seed: seed)
        var poller = ScheduledPoller(day: day, bots: bots, rhythm: rhythm, counting: counting, seed: seed)
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
            figure("completion, p95", 0.95, \.completions, goal: completionGoal),
            figure("completion, p99", 0.99, \.completions, goal: nil),
            figure("start, p50", 0.5, \.starts, goal: nil),
            figure("start, p95", 0.95, \.starts, goal: startGoal),
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

    /// Where the platform counts by target, targets have nothing to share: with an active interval as short as the limits
    /// allow, a completion is to be seen in a sixth of the time. What has to be learned costs time, until `budgets.per` says
    /// it.
    private var completionGoal: Double {
        switch counting {
        case .byTarget: active <= .seconds(2) ? 1.0 / 6 : 1.0 / 5
        case .byBot: 1.0 / 3
        case .learned: 0.4
        }
    }

    /// What is spent on the ends of runs is not spent on their starts.
    private var startGoal: Double { active <= .seconds(2) ? 1.25 : 1.1 }

    /// Requests that are too many: none, but for a platform that has to teach its way of counting.
    private var mostCrossings: Double {
        counting == .learned ? 2 * Double(bots) * hours : 0
    }

    var meetsGoals: Bool {
        Double(crossings) <= mostCrossings && figures.allSatisfy(\.isMet)
    }

    /// Lines of a Markdown table.
    var rows: [String] {
        let burst = "\(publishedStates * Day.trainingsPerState) a publish"
        let name =
            "\(counting.name), active \(active.components.seconds) s: \(bots) \(bots == 1 ? "bot" : "bots"), "
            + "\(burst), \(Self.text(hours, 0)) h, \(runs) runs"
        let most = counting == .learned ? "≤ 2 each bot and hour" : "0"
        let isMissed = Double(crossings) > mostCrossings
        let rate = Self.text(requestsPerBotMinute, 2)
        return figures.map { figure in
            let goal = figure.goal.map { "≤ \(Self.text($0, 2))\(figure.isMet ? "" : " **missed**")" }
            let (scheduled, fixed) = (Self.text(figure.scheduled / 1000, 1), Self.text(figure.fixed / 1000, 1))
            return "| \(name) | \(figure.name) | \(scheduled) s | \(fixed) s | \(Self.text(figure.ratio, 2)) |"
                + " \(goal ?? "") |"
        } + [
            "| \(name) | limits crossed, times | \(crossings) | | | \(most)\(isMissed ? " **missed**" : "") |",
            "| \(name) | requests a minute and bot | \(rate) | \(rate) | | |",
        ]
    }

    static func text(_ number: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", number)
    }
}
