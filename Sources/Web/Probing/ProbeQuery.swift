package import Settings

/// What a probe asks about: a configured bot, and which of its targets. No address comes from a query.
package struct ProbeQuery: Sendable, Hashable {
    package var bot: String
    /// `nil` for any.
    package var collector: CollectorSetting?
    /// `nil` for any.
    package var language: String?
    /// `nil` for any.
    package var state: StateSetting?
    /// Whether the answer is for people: what was asked, how long it took, and what came.
    package var isDebug = false

    package init(
        bot: String,
        collector: CollectorSetting? = nil,
        language: String? = nil,
        state: StateSetting? = nil,
        isDebug: Bool = false
    ) {
        self.bot = bot
        self.collector = collector
        self.language = language
        self.state = state
        self.isDebug = isDebug
    }
}
