/// What the settings ask of the platform, beside what its budgets allow. This is what `check-config` prints.
package struct DemandSummary: Sendable, Hashable {
    /// One for each bot in the order of the file; with a budget where each bot has its own.
    package var bots: [DemandLine]
    /// One for each credential that a bot uses, in the order of the file. Empty where each bot has its own budget.
    package var credentials: [DemandLine]
    package var total: DemandLine
    /// A sentence for each discovery, whose bots are not known before they are listed.
    package var discoveries: [String]

    package init(_ settings: Settings) {
        let budgets = settings.budgets
        let sustained = min(Double(budgets.requestsPerMinute), Double(budgets.requestsPerHour) / 60)
        bots = settings.bots.map { bot in
            Self.line(bot.name, of: [bot], sustained: budgets.per == .bot ? sustained : nil)
        }
        credentials = []
        if budgets.per == .credential {
            for credential in settings.credentials {
                let users = settings.bots.filter { $0.credential == credential.name }
                guard !users.isEmpty else { continue }
                credentials.append(Self.line("credential \(credential.name)", of: users, sustained: sustained))
            }
        }
        total = Self.line("total", of: settings.bots, sustained: nil)
        discoveries = settings.discoveries.map { discovery in
            var bot = discovery.watch
            if discovery.usesDefaultLanguage { bot.languages = [""] }
            let line = Self.line("discovery \(discovery.name), each bot", of: [bot], sustained: nil)
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

    private static func line(_ subject: String, of bots: [BotSettings], sustained: Double?) -> DemandLine {
        let intervals = Set(bots.map(\.pollInterval))
        return DemandLine(
            subject: subject,
            bots: bots.count,
            targets: bots.reduce(0) { $0 + $1.targetCount },
            interval: intervals.count == 1 ? intervals.first : nil,
            requestsPerMinute: bots.reduce(0) { $0 + Double($1.targetCount) * (.seconds(60) / $1.pollInterval) },
            sustained: sustained
        )
    }
}
