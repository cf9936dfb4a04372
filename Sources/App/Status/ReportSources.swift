import Archive
import Model
import Polling
import Web

extension PageSource {
    /// Runs that a bot's chart in the overview shows.
    private static let chartedRuns = 24
    /// Runs, and actions, that a bot's own page shows.
    private static let listedRuns = 100

    /// What the pages show of what polling knows and the store keeps.
    init(poller: Poller, archive: Archive) {
        self.init(
            listing: { query in
                var listing = poller.listing(query)
                for number in listing.bots.indices {
                    let runs = try? await archive.runs(ofBot: listing.bots[number].name, limit: Self.chartedRuns)
                    listing.bots[number].history.runs = runs ?? []
                }
                return listing
            },
            bot: { name in
                guard var report = poller.report(ofBot: name) else { return nil }
                report.history = BotHistory(
                    runs: (try? await archive.runs(ofBot: name, limit: Self.listedRuns)) ?? [],
                    actions: (try? await archive.actions(ofBot: name, limit: Self.listedRuns)) ?? []
                )
                return report
            }
        )
    }
}

extension APISource {
    /// What the API tells of what polling knows and the store keeps.
    init(poller: Poller, archive: Archive) {
        self.init(
            targets: { query in
                if let bot = query.bot, poller.targets(ofBot: bot) == nil { return nil }
                return poller.listing(query)
            },
            runs: { bot, limit in
                guard poller.targets(ofBot: bot) != nil else { return nil }
                return BotHistory(
                    runs: try await archive.runs(ofBot: bot, limit: limit),
                    actions: try await archive.actions(ofBot: bot, limit: limit)
                )
            }
        )
    }
}
