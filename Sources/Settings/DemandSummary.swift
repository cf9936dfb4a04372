import Model
package import Scheduling

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
    /// What pays for the polls, all together; `nil` where the budget is another's.
    package var limits: BudgetLimits?

    /// How much longer than configured the intervals of quiet targets are; at least 1.
    package var stretch: Double {
        limits?.stretch(pollsPerMinute: requestsPerMinute) ?? 1
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

/// What the settings ask of the platform, beside what its budgets allow. This is what `check-config` prints.
package struct DemandSummary: Sendable, Hashable {
    /// One for each bot in the order of the file; with what its budget, or those of its targets together, sustain, where
    /// no other bot shares them.
    package var bots: [DemandLine]
    /// One for each credential that a bot uses, in the order of the file. Empty where no bots share a budget.
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

    /// One line for each bot and credential, and the total; without a newline at the end.
    package func render() -> String {
        ((bots + credentials + [total]).map { $0.render() } + discoveries).joined(separator: "\n")
    }

    /// - Parameters:
    ///   - limits: Of one budget; `nil` where none is to be compared with.
    ///   - targetsShare: Whether all targets live on one such budget; otherwise each has its own.
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
