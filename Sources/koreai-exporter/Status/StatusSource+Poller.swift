import Archive
import Polling
import Settings
import Web

extension StatusSource {
    /// Runs that a bot's chart in the overview shows.
    private static let chartedRuns = 24
    /// Runs, and actions, that a bot's own page shows.
    private static let listedRuns = 100

    /// What the pages show of what polling knows and the store keeps.
    init(poller: Poller, archive: Archive) {
        self.init(
            listing: { query in
                let listing = poller.listing(BotQuery(query))
                var bots: [BotStatus] = []
                for bot in listing.bots {
                    let runs = try? await archive.runs(ofBot: bot.bot.name, limit: Self.chartedRuns)
                    bots.append(BotStatus(bot, runs: runs ?? []))
                }
                let counts = listing.counts.map { (BotAttention($0.key), $0.value) }
                return StatusListing(
                    bots: bots,
                    counts: Dictionary(counts, uniquingKeysWith: +),
                    matching: listing.matching,
                    page: listing.page,
                    pages: listing.pages
                )
            },
            bot: { name in
                guard let report = poller.report(ofBot: name) else { return nil }
                let runs = try? await archive.runs(ofBot: name, limit: Self.listedRuns)
                let actions = try? await archive.actions(ofBot: name, limit: Self.listedRuns)
                return BotStatus(report, runs: runs ?? [], actions: actions ?? [])
            }
        )
    }
}

extension BotQuery {
    fileprivate init(_ query: StatusQuery) {
        self.init(
            text: query.text,
            attention: query.attention.flatMap(Attention.init),
            page: query.page,
            pageSize: StatusQuery.pageSize
        )
    }
}
