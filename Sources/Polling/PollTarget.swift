package import KoreAI
package import Tracking

/// A target and how it is asked.
package struct PollTarget: Sendable {
    package var target: Target
    package var address: BotAddress
    package var credential: Credential
    /// The `budget` label of its requests: the bot's or the credential's name.
    package var budget: String
    package var pollInterval: Duration
    package var activeInterval: Duration
    /// How old the last good reply may be before the target's domain series vanish.
    package var maxAge: Duration
    /// Of one request.
    package var timeout: Duration
}
