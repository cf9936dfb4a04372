package import KoreAI

/// What came of a start through the running exporter.
package enum StartOutcome: Sendable, Hashable {
    case started
    /// The last poll showed that one runs. Nothing was sent.
    case alreadyRunning
    /// Not even the reserve of the bot's budget had a request left. Nothing was sent.
    case outOfBudget
    /// The bot is not watched. Nothing was sent.
    case unknownBot
    case failed(APIError)
}
