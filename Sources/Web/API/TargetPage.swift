/// The targets of one page, and how many there are in all.
package struct TargetPage: Sendable {
    package struct Entry: Sendable {
        package var bot: String
        /// The platform's id of the bot.
        package var botID: String
        package var status: TargetStatus

        package init(bot: String, botID: String, status: TargetStatus) {
            self.bot = bot
            self.botID = botID
            self.status = status
        }
    }

    /// In the order of the bots in the configuration.
    package var targets: [Entry]
    /// Targets that fit the query, on all pages.
    package var matching: Int
    /// From 0: the one that was asked for, or the last.
    package var page: Int
    package var pages: Int

    package init(targets: [Entry], matching: Int, page: Int, pages: Int) {
        self.targets = targets
        self.matching = matching
        self.page = page
        self.pages = pages
    }
}
