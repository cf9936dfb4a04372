package import KoreAI

/// Something that the exporter started by itself, or meant to, as the history keeps it.
package struct ActionEntry: Sendable, Hashable {
    /// With ``bot``, ``action``, ``language`` and ``cause`` it tells entries apart: one that is written again only gets
    /// another outcome.
    package var at: Timestamp
    package var bot: String
    /// The `action` label of `koreai_actions_total`.
    package var action: String
    /// Empty for an export.
    package var language: String
    /// Why, for people: `canary`, or an alert by its name.
    package var cause: String
    /// The `outcome` label of `koreai_actions_total`, or ``attempted``.
    package var outcome: String
    /// What went wrong; `nil` where nothing did.
    package var error: String?

    /// It is under way, or the exporter ended before it knew what came of it.
    package static let attempted = "attempted"

    package init(
        at: Timestamp,
        bot: String,
        action: String,
        language: String,
        cause: String,
        outcome: String = Self.attempted,
        error: String? = nil
    ) {
        self.at = at
        self.bot = bot
        self.action = action
        self.language = language
        self.cause = cause
        self.outcome = outcome
        self.error = error
    }
}
