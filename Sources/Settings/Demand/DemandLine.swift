/// What a bot, a credential or everything asks for, beside what it may have.
package struct DemandLine: Sendable, Hashable {
    /// What it is about: `banking`, `credential main`, `total`.
    package var subject: String
    package var bots: Int
    package var targets: Int
    /// Of all its targets where they have the same.
    package var interval: Duration?
    /// At the poll interval, while nothing trains or exports.
    package var requestsPerMinute: Double
    /// What may be kept up, in requests a minute: the hour's budget counts as well. `nil` where the budget is another's.
    package var sustained: Double?

    /// How much longer than configured the intervals of quiet targets are, so that something is left for what runs: up to
    /// 1.3 times where that leaves much, and as long as it takes where they would need nearly all. At least 1.
    ///
    /// What polls can keep up is nine tenths of the budget, because a tenth is for triggers, in 60 of 61 parts of a
    /// window, because the exporter counts in such parts. `Schedule` decides it; a test holds the two together.
    package var stretch: Double {
        guard let sustained, sustained > 0 else { return 1 }
        let share = requestsPerMinute / (sustained * 0.9 * 60 / 61)
        return max(1, share / 0.85, min(share / 0.6, 1.3))
    }

    /// Whether the budget suffices for the configured intervals. True where there is no budget to compare with.
    package var fits: Bool { stretch <= 1 }

    /// One sentence, without an end: "banking: 9 targets at 60s ask for 9 requests a minute of 30 sustained".
    package func render() -> String {
        var text = "\(subject): "
        if bots > 1 { text += "\(bots) bots, " }
        text += targets == 1 ? "1 target" : "\(targets) targets"
        if let interval { text += " at \(Self.text(interval))" }
        text += targets == 1 ? " asks" : " ask"
        let rate = Self.text(requestsPerMinute)
        text += " for \(rate) \(rate == "1" ? "request" : "requests") a minute"
        guard let sustained else { return text }
        text += " of \(Self.text(sustained)) sustained"
        guard !fits else { return text }
        text += "; so that enough is left for what runs, "
        if let interval {
            text += "poll_interval stretches to about \(Self.text(interval * stretch, rounded: true))"
        } else {
            text += "the poll_intervals stretch to about \(Self.text(stretch)) times their length"
        }
        return text
    }

    /// A rate or factor for people: whole numbers from ten on, otherwise at most one decimal.
    private static func text(_ number: Double) -> String {
        guard number.isFinite, number < 1e15 else { return "too many" }
        if number > 0, number < 0.1 { return "less than 0.1" }
        if number >= 100 { return "\(Int64(number.rounded()))" }
        let tenths = Int64((number * 10).rounded())
        return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    /// Up to two minutes in seconds, as people write poll intervals: `60s`, `90s`, `2m30s`.
    private static func text(_ duration: Duration, rounded: Bool = false) -> String {
        var duration = duration
        if rounded, duration > .seconds(1) { duration = .seconds(duration.components.seconds + 1) }
        let (seconds, attoseconds) = duration.components
        return seconds < 120 && seconds > 0 && attoseconds == 0 ? "\(seconds)s" : duration.prometheusText
    }
}
