/// The bots of one page, and how many there are in all.
package struct StatusListing: Sendable {
    package var bots: [BotStatus]
    /// Of all bots, whatever was asked for.
    package var counts: [BotAttention: Int]
    /// Bots that fit the query, on all pages.
    package var matching: Int
    /// From 0.
    package var page: Int
    package var pages: Int

    package init(bots: [BotStatus], counts: [BotAttention: Int], matching: Int, page: Int, pages: Int) {
        self.bots = bots
        self.counts = counts
        self.matching = matching
        self.page = page
        self.pages = pages
    }
}
