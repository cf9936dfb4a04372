/// Which bots a page shows.
package struct StatusQuery: Sendable, Hashable {
    /// Bots of one page.
    package static let pageSize = 25

    /// Part of a name, an id or a label's value; empty for any.
    package var text: String
    /// `nil` for any.
    package var attention: BotAttention?
    /// From 0.
    package var page: Int

    package init(text: String = "", attention: BotAttention? = nil, page: Int = 0) {
        self.text = text
        self.attention = attention
        self.page = page
    }
}
