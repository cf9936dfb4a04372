/// Something that the exporter started by itself, or meant to.
package struct ActionStatus: Sendable {
    /// Unix time.
    package var at: Double
    /// The `action` label of `koreai_actions_total`.
    package var action: String
    /// Empty for an export.
    package var language: String
    /// Why, such as `canary` or the alert.
    package var cause: String
    /// The `outcome` label of `koreai_actions_total`, or `attempted`.
    package var outcome: String
    /// What went wrong; `nil` where nothing did.
    package var error: String?

    package init(at: Double, action: String, language: String, cause: String, outcome: String, error: String?) {
        self.at = at
        self.action = action
        self.language = language
        self.cause = cause
        self.outcome = outcome
        self.error = error
    }
}
