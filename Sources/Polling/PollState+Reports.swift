import KoreAI
import Scheduling
import Settings
import Tracking

extension PollState {
    /// The bots that fit a query, those that need attention first.
    mutating func listing(_ query: BotQuery, now: Instant) -> BotListing {
        let targets = targetsByBot()
        var counts: [Attention: Int] = [:]
        var found: [(number: Int, attention: Attention)] = []
        for (number, bot) in plan.bots.enumerated() {
            let attention = attention(of: targets[number])
            counts[attention, default: 0] += 1
            if query.attention == nil || query.attention == attention, bot.fits(query.text) {
                found.append((number, attention))
            }
        }
        found.sort { ($0.attention, plan.bots[$0.number].name) < ($1.attention, plan.bots[$1.number].name) }
        let size = max(1, query.pageSize)
        let pages = max(1, (found.count + size - 1) / size)
        let page = min(max(0, query.page), pages - 1)
        let shown = found.dropFirst(page * size).prefix(size)
        return BotListing(
            bots: shown.map { report(of: plan.bots[$0.number], targets: targets[$0.number], now: now) },
            counts: counts,
            matching: found.count,
            page: page,
            pages: pages
        )
    }

    /// The targets that fit a query.
    func listing(_ query: TargetQuery) -> TargetListing {
        let found = plan.targets.indices.filter { number in
            let target = plan.targets[number].target
            return (query.bot.map { $0 == target.bot } ?? true)
                && (query.collector.map { $0 == target.collector } ?? true)
                && (query.attention.map { $0 == records[number].attention } ?? true)
        }
        let size = max(1, query.pageSize)
        let pages = max(1, (found.count + size - 1) / size)
        let page = min(max(0, query.page), pages - 1)
        return TargetListing(
            targets: found.dropFirst(page * size).prefix(size).map {
                TargetListing.Entry(botID: plan.targets[$0].address.id, report: records[$0].report)
            },
            matching: found.count,
            page: page,
            pages: pages
        )
    }

    /// - Returns: `nil` where there is no such bot.
    mutating func report(ofBot name: String, now: Instant) -> BotReport? {
        guard let number = plan.bots.firstIndex(where: { $0.name == name }) else { return nil }
        return report(of: plan.bots[number], targets: targetsByBot()[number], now: now)
    }

    /// - Returns: `nil` where there is no such bot.
    func targets(ofBot name: String) -> [Target]? {
        guard let number = plan.bots.firstIndex(where: { $0.name == name }) else { return nil }
        return targetsByBot()[number].map { plan.targets[$0].target }
    }

    private mutating func report(of bot: BotSettings, targets: Range<Int>, now: Instant) -> BotReport {
        BotReport(
            bot: bot,
            attention: attention(of: targets),
            targets: targets.map { records[$0].report },
            budget: targets.first.map { schedule.report(ofBudget: budgets.members[$0].budget, now: now) }
        )
    }

    private func attention(of targets: Range<Int>) -> Attention {
        targets.lazy.map { records[$0].attention }.min() ?? .unknown
    }

    /// The numbers of each bot's targets, which a plan has in the order of its bots.
    private func targetsByBot() -> [Range<Int>] {
        var end = 0
        return plan.bots.map { bot in
            let start = end
            while end < plan.targets.count, plan.targets[end].target.bot == bot.name { end += 1 }
            return start..<end
        }
    }
}

extension BotSettings {
    /// Whether a part of the bot's name, id or labels is this, in whatever case.
    fileprivate func fits(_ text: String) -> Bool {
        guard !text.isEmpty else { return true }
        let text = text.lowercased()
        return ([name, id] + labels.values).contains { $0.lowercased().contains(text) }
    }
}
