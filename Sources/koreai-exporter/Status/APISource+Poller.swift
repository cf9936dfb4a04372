import Archive
import Polling
import Settings
import Tracking
import Web

extension APISource {
    /// What the API tells of what polling knows and the store keeps.
    init(poller: Poller, archive: Archive) {
        self.init(
            targets: { query in
                if let bot = query.bot, poller.targets(ofBot: bot) == nil { return nil }
                let listing = poller.listing(Polling.TargetQuery(query))
                return TargetPage(
                    targets: listing.targets.map { entry in
                        TargetPage.Entry(
                            bot: entry.report.snapshot.target.bot,
                            botID: entry.botID,
                            status: TargetStatus(entry.report)
                        )
                    },
                    matching: listing.matching,
                    page: listing.page,
                    pages: listing.pages
                )
            },
            runs: { bot, limit in
                guard poller.targets(ofBot: bot) != nil else { return nil }
                return BotHistory(
                    runs: try await archive.runs(ofBot: bot, limit: limit).map(RunStatus.init),
                    actions: try await archive.actions(ofBot: bot, limit: limit).map(ActionStatus.init)
                )
            }
        )
    }
}

extension Polling.TargetQuery {
    fileprivate init(_ query: Web.TargetQuery) {
        self.init(
            bot: query.bot,
            collector: query.collector.flatMap { Collector(rawValue: $0.rawValue) },
            attention: query.attention.flatMap(Attention.init),
            page: query.page,
            pageSize: query.limit
        )
    }
}
