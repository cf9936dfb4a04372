import KoreAI
package import Model
import Scheduling
package import Settings
import Tracking

extension PollState {
    /// The bots that fit a query, those that need attention first.
    func listing(_ query: BotQuery, now: Instant) -> BotListing {
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
        let matching = Attention.allCases.flatMap { found[$0] ?? [] }
        let page = ListingPage(query.page, size: query.pageSize, of: matching)
        return BotListing(
            bots: page.entries.map { report(of: plan.bots[$0], targets: index.targets[$0], now: now) },
            counts: counts,
            matching: matching.count,
            page: page.number,
            pages: page.pages
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
        let page = ListingPage(query.page, size: query.pageSize, of: found)
        return TargetListing(
            targets: page.entries.map {
                TargetListing.Entry(botID: plan.targets[$0].address.id, report: records[$0].report)
            },
            matching: found.count,
            page: page.number,
            pages: page.pages
        )
    }

    /// - Returns: `nil` where there is no such bot.
    func report(ofBot name: String, now: Instant) -> BotReport? {
        guard let number = index.numbers[name] else { return nil }
        return report(of: plan.bots[number], targets: index.targets[number], now: now)
    }

    /// - Returns: `nil` where there is no such bot.
    func targets(ofBot name: String) -> [Target]? {
        guard let number = index.numbers[name] else { return nil }
        return index.targets[number].map { plan.targets[$0].target }
    }

    private func report(of bot: BotSettings, targets: Range<Int>, now: Instant) -> BotReport {
        var report = BotReport(name: bot.name, id: bot.id, labels: bot.labels, attention: attention(of: targets))
        report.targets = targets.map { records[$0].report }
        report.requestsLeft = targets.first.map {
            RequestsLeft(schedule.report(ofBudget: budgets.members[$0].budget, now: now))
        }
        return report
    }

    private func attention(of targets: Range<Int>) -> Attention {
        var attention: Attention?
        for number in targets { attention = (attention ?? .fine).moreUrgent(records[number].attention) }
        return attention ?? .unknown
    }
}

/// One page of what a listing found. A page beyond the last is the last one.
private struct ListingPage {
    let number: Int
    let pages: Int
    let entries: ArraySlice<Int>

    init(_ number: Int, size: Int, of found: [Int]) {
        let size = max(1, size)
        pages = max(1, (found.count + size - 1) / size)
        self.number = min(max(0, number), pages - 1)
        entries = found.dropFirst(self.number * size).prefix(size)
    }
}

extension RequestsLeft {
    fileprivate init(_ report: BudgetReport) {
        self.init(
            minute: Window(remaining: report.minuteRemaining, limit: report.minuteLimit),
            hour: Window(remaining: report.hourRemaining, limit: report.hourLimit)
        )
    }
}

extension Poller {
    /// The bots that fit a query, those that need attention first.
    package func listing(_ query: BotQuery) -> BotListing {
        look { $0.listing(query, now: .now) }
    }

    /// The targets that fit a query.
    package func listing(_ query: TargetQuery) -> TargetListing {
        look { $0.listing(query) }
    }

    /// - Returns: `nil` where there is no such bot.
    package func report(ofBot name: String) -> BotReport? {
        look { $0.report(ofBot: name, now: .now) }
    }

    /// The targets of a bot; `nil` where there is no such bot.
    package func targets(ofBot name: String) -> [Target]? {
        look { $0.targets(ofBot: name) }
    }

    /// The bots that are watched.
    package var bots: [BotSettings] {
        look { $0.plan.bots }
    }
}

/// Whether the exporter has something to show: every target was polled once, or it had long enough for that.
///
/// A value: it takes the time as an argument.
package struct Readiness: Sendable {
    /// The longest time that targets which hang may delay the start.
    package static let longestWait = Duration.seconds(30)

    private let start: ContinuousClock.Instant
    private var waiting: Set<Int>

    package init(targets: Int, start: ContinuousClock.Instant) {
        self.start = start
        self.waiting = Set(0..<targets)
    }

    /// The readiness after a reload: an exporter that was ready stays ready, whatever targets are new.
    ///
    /// - Parameter origins: The number that each target had before; `nil` for a new one.
    package func continued(by origins: [Int?]) -> Readiness {
        var continued = self
        let old = origins.enumerated().filter { $0.element.map(waiting.contains) ?? !waiting.isEmpty }
        continued.waiting = Set(old.map(\.offset))
        return continued
    }

    /// The target's poll has ended, well or badly.
    package mutating func polled(_ target: Int) {
        waiting.remove(target)
    }

    /// Targets whose first poll has not ended.
    package var waitingTargets: Int {
        waiting.count
    }

    package func isReady(now: ContinuousClock.Instant) -> Bool {
        waiting.isEmpty || now - start >= Self.longestWait
    }
}
