/// Which bots to report on: those of a page of what is left once the others are filtered out.
package struct BotQuery: Sendable, Hashable {
    /// Part of a name, an id or a label's value, in whatever case; empty for any.
    package var text: String
    /// `nil` for any.
    package var attention: Attention?
    /// From 0.
    package var page: Int
    package var pageSize: Int

    package init(text: String = "", attention: Attention? = nil, page: Int = 0, pageSize: Int) {
        self.text = text
        self.attention = attention
        self.page = page
        self.pageSize = pageSize
    }
}
