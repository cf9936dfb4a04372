import KoreAI
import Scheduling
import Settings
import Tracking

extension PollState {
    /// The bots that fit a query, those that need attention first.
    mutating func listing(_ query: BotQuery, now: Instant) -> BotListing {
        let index = index()
        let text = query.text.lowercased()
        var counts: [Attention: Int] = [:]
        var found: [Attention: [Int]] = [:]
        for number in index.byName {
            let attention = attention(of: index.targets[number])
            counts[attention, default: 0] += 1
            if query.attention == nil || query.attention == attention, index.bot(number, has: text) {
                found[attention, default: []].append(number)
            }
        }
        let matching = found.values.reduce(0) { $0 + $1.count }
        let size = max(1, query.pageSize)
        let pages = max(1, (matching + size - 1) / size)
        let page = min(max(0, query.page), pages - 1)
        let shown = Attention.allCases.lazy.flatMap { found[$0] ?? [] }.dropFirst(page * size).prefix(size)
        return BotListing(
            bots: shown.map { report(of: plan.bots[$0], targets: index.targets[$0], now: now) },
            counts: counts,
            matching: matching,
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
        let index = index()
        guard let number = index.numbers[name] else { return nil }
        return report(of: plan.bots[number], targets: index.targets[number], now: now)
    }

    /// - Returns: `nil` where there is no such bot.
    mutating func targets(ofBot name: String) -> [Target]? {
        let index = index()
        guard let number = index.numbers[name] else { return nil }
        return index.targets[number].map { plan.targets[$0].target }
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
        var attention: Attention?
        for number in targets { attention = min(attention ?? .fine, records[number].attention) }
        return attention ?? .unknown
    }

    private mutating func index() -> BotIndex {
        if let botIndex { return botIndex }
        let made = BotIndex(plan)
        botIndex = made
        return made
    }
}
