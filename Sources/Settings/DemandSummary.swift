import Model
package import Scheduling

/// The requests that a bot, a credential or all bots need, and what the budget allows.
package struct DemandLine: Sendable, Hashable {
    /// The name of the line: `banking`, `credential main`, `total`.
    package var subject: String
    package var bots: Int
    package var targets: Int
    /// The poll interval; `nil` if the bots have different ones.
    package var interval: Duration?
    /// The requests a minute at the poll interval, while nothing trains or exports.
    package var requestsPerMinute: Double
    /// The limits of all budgets that pay for the polls; `nil` if no budget belongs to this line alone.
    package var limits: BudgetLimits?

    /// The factor by which the intervals of quiet targets become longer than configured; at least 1.
    package var stretch: Double {
        limits?.stretch(pollsPerMinute: requestsPerMinute) ?? 1
    }

    /// Whether the budget suffices for the configured intervals. True if there are no limits to compare with.
    package var fits: Bool { stretch <= 1 }

    /// One sentence without a full stop: "banking: 9 targets at 60s ask for 9 requests a minute of 30 sustained".
    package func render() -> String {
        var text = "\(subject): "
        if bots > 1 { text += "\(bots) bots, " }
        text += targets == 1 ? "1 target" : "\(targets) targets"
        if let interval { text += " at \(Self.text(interval))" }
        text += targets == 1 ? " asks" : " ask"
        let rate = Self.text(requestsPerMinute)
        text += " for \(rate) \(rate == "1" ? "request" : "requests") a minute"
        guard let limits else { return text }
        text += " of \(Self.text(limits.sustainedPerMinute)) sustained"
        guard !fits else { return text }
        text += "; so that enough is left for what runs, "
        if let interval {
            text += "poll_interval stretches to about \(Self.text(interval * stretch, rounded: true))"
        } else {
            text += "the poll_intervals stretch to about \(Self.text(stretch)) times their length"
        }
        return text
    }

    /// A rate or factor for people: whole from 100 on, otherwise with at most one decimal.
    private static func text(_ number: Double) -> String {
        guard number.isFinite, number < 1e15 else { return "too many" }
        if number > 0, number < 0.1 { return "less than 0.1" }
        if number >= 100 { return "\(Int64(number.rounded()))" }
        let tenths = Int64((number * 10).rounded())
        return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    /// A duration as people write poll intervals, below two minutes in seconds: `60s`, `90s`, `2m30s`.
    private static func text(_ duration: Duration, rounded: Bool = false) -> String {
        var duration = duration
        if rounded, duration > .seconds(1) { duration = .seconds(duration.components.seconds + 1) }
        let (seconds, attoseconds) = duration.components
        return seconds < 120 && seconds > 0 && attoseconds == 0 ? "\(seconds)s" : duration.prometheusText
    }
}

/// The requests that the settings need, and what the budgets allow: the output of `check-config`.
package struct DemandSummary: Sendable, Hashable {
    /// A line for each bot, in the order of the file. Unless bots share budgets, it has the limits of the bot's budget,
    /// or of the budgets of all its targets together.
    package var bots: [DemandLine]
    /// A line for each credential that a bot uses, in the order of the file; empty unless bots share budgets.
    package var credentials: [DemandLine]
    package var total: DemandLine
    /// A sentence for each discovery, whose bots are not known before they are listed.
    package var discoveries: [String]

    package init(_ settings: Settings) {
        let budgets = settings.budgets
        let limits = BudgetLimits(perMinute: budgets.requestsPerMinute, perHour: budgets.requestsPerHour)
        bots = settings.bots.map { bot in
            switch budgets.per {
            case .target: Self.line(bot.name, of: [bot], limits: limits, targetsShare: false)
            case .bot: Self.line(bot.name, of: [bot], limits: limits)
            case .credential: Self.line(bot.name, of: [bot], limits: nil)
            }
        }
        credentials = []
        if budgets.per == .credential {
            for credential in settings.credentials {
                let users = settings.bots.filter { $0.credential == credential.name }
                guard !users.isEmpty else { continue }
                credentials.append(Self.line("credential \(credential.name)", of: users, limits: limits))
            }
        }
        total = Self.line("total", of: settings.bots, limits: nil)
        discoveries = settings.discoveries.map { discovery in
            var bot = discovery.watch
            if discovery.usesDefaultLanguage { bot.languages = [""] }
            let line = Self.line("discovery \(discovery.name), each bot", of: [bot], limits: nil)
            return line.render()
        }
    }

    /// Whether every budget suffices.
    package var fits: Bool {
        (bots + credentials).allSatisfy(\.fits)
    }

    /// A line for each bot, credential and discovery, and the total; without a newline at the end.
    package func render() -> String {
        ((bots + credentials + [total]).map { $0.render() } + discoveries).joined(separator: "\n")
    }

    /// - Parameters:
    ///   - limits: The limits of one budget; `nil` for no comparison.
    ///   - targetsShare: Whether all targets share this one budget; otherwise each target has its own.
    private static func line(
        _ subject: String,
        of bots: [BotSettings],
        limits: BudgetLimits?,
        targetsShare: Bool = true
    ) -> DemandLine {
        let intervals = Set(bots.map(\.pollInterval))
        let targets = bots.reduce(0) { $0 + $1.targetCount }
        return DemandLine(
            subject: subject,
            bots: bots.count,
            targets: targets,
            interval: intervals.count == 1 ? intervals.first : nil,
            requestsPerMinute: bots.reduce(0) { $0 + Double($1.targetCount) * (.seconds(60) / $1.pollInterval) },
            limits: limits.map { targetsShare ? $0 : $0.sum(of: targets) }
        )
    }
}
