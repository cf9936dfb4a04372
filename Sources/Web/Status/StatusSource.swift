/// Where the pages learn how the bots do.
package struct StatusSource: Sendable {
    let listing: @Sendable (StatusQuery) async -> StatusListing
    let bot: @Sendable (String) async -> BotStatus?

    /// - Parameters:
    ///   - listing: The bots that fit a query, those that need attention first.
    ///   - bot: A bot by its name, with its history; `nil` where there is none.
    package init(
        listing: @escaping @Sendable (StatusQuery) async -> StatusListing,
        bot: @escaping @Sendable (String) async -> BotStatus?
    ) {
        self.listing = listing
        self.bot = bot
    }

    /// Knows no bots.
    package static let empty = StatusSource(
        listing: { _ in StatusListing(bots: [], counts: [:], matching: 0, page: 0, pages: 1) },
        bot: { _ in nil }
    )
}
