/// Goes through the pages of the list of bots: what to ask for next, and when to stop.
struct BotListWalk {
    /// The platform gives no larger pages.
    static let pageSize = 50
    /// More bots than any account has; a list that goes on is not worth a budget.
    static let mostBots = 10_000

    private(set) var offset = 0
    /// Each bot once, in the platform's order.
    private(set) var bots: [BotPage.Bot] = []
    private var ids: Set<String> = []

    /// Takes in the page at ``offset``.
    ///
    /// - Returns: Whether there is a further page to ask for. Not where this one had no bot that was not seen before: an
    ///   offset that the platform passes over would lead round and round.
    mutating func took(_ page: BotPage) -> Bool {
        let before = bots.count
        for bot in page.bots where bots.count < Self.mostBots && ids.insert(bot.id).inserted {
            bots.append(bot)
        }
        offset += Self.pageSize
        let hasMore = page.availableMore || page.total.map { offset < $0 } ?? false
        return hasMore && bots.count > before && bots.count < Self.mostBots
    }
}
