/// The bots of one page, those that need attention first, and how many there are in all.
package struct BotListing: Sendable {
    package var bots: [BotReport]
    /// Of all bots, whatever was asked for.
    package var counts: [Attention: Int]
    /// Bots that fit the query, on all pages.
    package var matching: Int
    /// From 0: the one that was asked for, or the last.
    package var page: Int
    package var pages: Int
}
