import Archive
import Model
import Polling
import Web

extension PageSource {
    /// The most runs in a bot's chart in the overview.
    private static let chartedRuns = 24
    /// The most runs, and the most actions, on a bot's own page.
    private static let listedRuns = 100

    /// Reads for the pages what polling knows and the store keeps.
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
    /// Reads for the API what polling knows and the store keeps.
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
