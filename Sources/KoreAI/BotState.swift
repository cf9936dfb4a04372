/// Which version of a bot is asked about, in the platform's words.
package enum BotState: String, Sendable, Hashable, CaseIterable {
    /// In development.
    case configured
    /// What customers talk to.
    case published
}
