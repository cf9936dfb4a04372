package import Tracking

/// Which targets to report on: those of a page of what is left once the others are filtered out.
package struct TargetQuery: Sendable, Hashable {
    /// `nil` for all.
    package var bot: String?
    /// `nil` for any.
    package var collector: Collector?
    /// `nil` for any.
    package var attention: Attention?
    /// From 0.
    package var page: Int
    package var pageSize: Int

    package init(
        bot: String? = nil,
        collector: Collector? = nil,
        attention: Attention? = nil,
        page: Int = 0,
        pageSize: Int
    ) {
        self.bot = bot
        self.collector = collector
        self.attention = attention
        self.page = page
        self.pageSize = pageSize
    }
}
