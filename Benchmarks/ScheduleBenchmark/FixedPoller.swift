/// A poller that asks each target at one interval, evenly spaced: what a careful script would do.
struct FixedPoller {
    /// - Parameters:
    ///   - interval: Milliseconds.
    ///   - end: What would be shown later is left out.
    static func measure(_ day: Day, bots: Int, interval: Double, until end: Int64, seed: UInt64) -> Measured {
        var random = SeededRandom(seed: seed)
        var measured = Measured()
        let phases = (0..<bots * Day.targetsPerBot).map { _ in random.unit() * interval }
        func shown(_ event: Int64, _ target: Int) -> Int64 {
            let (there, back) = Latency.draw(&random)
            let missing = Double(event - there) - phases[target]
            let poll = phases[target] + max(0, (missing / interval).rounded(.up)) * interval
            return Int64(poll) + there + back
        }
        for run in day.runs {
            let start = shown(run.start, run.target)
            if start <= end { measured.starts.append(start - run.start) }
            let completion = shown(run.end, run.target)
            if completion <= end { measured.completions.append(completion - run.end) }
        }
        measured.longestGap = Int64(interval)
        return measured
    }
}
