/// The targets of one page, in the order of the bots in the configuration, and how many there are in all.
package struct TargetListing: Sendable {
    package struct Entry: Sendable {
        /// The platform's id of the bot.
        package var botID: String
        package var report: TargetReport
    }

    package var targets: [Entry]
    /// Targets that fit the query, on all pages.
    package var matching: Int
    /// From 0: the one that was asked for, or the last.
    package var page: Int
    package var pages: Int
}
