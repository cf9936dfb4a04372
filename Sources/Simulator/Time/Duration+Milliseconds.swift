extension Duration {
    /// Whole milliseconds, rounded towards zero and kept within ±1,000 years, so that sums of them cannot overflow.
    var clampedMilliseconds: Int64 {
        let limit: Int64 = 1000 * 366 * 86_400
        let (seconds, attoseconds) = components
        guard seconds < limit else { return limit * 1000 }
        guard seconds > -limit else { return -limit * 1000 }
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// Scenario time to real time: divided by how many scenario seconds pass in a real one.
    func divided(bySpeed speed: Double) -> Duration {
        guard speed > 0, speed.isFinite else { return self }
        let limit = 1000.0 * 366 * 86_400 * 1000
        return .milliseconds(Int64(min(max(Double(clampedMilliseconds) / speed, -limit), limit)))
    }
}
