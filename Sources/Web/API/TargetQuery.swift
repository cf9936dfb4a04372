package import Settings

/// Which targets the API lists.
package struct TargetQuery: Sendable, Hashable {
    /// `nil` for all.
    package var bot: String?
    /// `nil` for any.
    package var collector: CollectorSetting?
    /// `nil` for any.
    package var attention: BotAttention?
    /// From 0.
    package var page: Int
    /// The most targets of a page.
    package var limit: Int

    package init(
        bot: String? = nil,
        collector: CollectorSetting? = nil,
        attention: BotAttention? = nil,
        page: Int = 0,
        limit: Int = 100
    ) {
        self.bot = bot
        self.collector = collector
        self.attention = attention
        self.page = page
        self.limit = limit
    }

    /// - Throws: Where a parameter is unknown, given twice, or not what it may be.
    init(_ parameters: QueryParameters) throws(QueryFault) {
        let values = try CheckedParameters(parameters, known: ["bot", "collector", "attention", "page", "limit"])
        self.init(
            bot: values["bot"],
            collector: try values.word("collector", of: CollectorSetting.self),
            attention: try values.word("attention", of: BotAttention.self),
            page: try values.number("page", in: 1...1_000_000, default: 1) - 1,
            limit: try values.number("limit", in: 1...1000, default: 100)
        )
    }
}
