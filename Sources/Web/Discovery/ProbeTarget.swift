/// A bot that Prometheus may probe.
package struct ProbeTarget: Sendable, Hashable {
    package var bot: String
    /// The platform's.
    package var id: String
    /// The bot's own, from the configuration.
    package var labels: [String: String]

    package init(bot: String, id: String, labels: [String: String]) {
        self.bot = bot
        self.id = id
        self.labels = labels
    }
}
