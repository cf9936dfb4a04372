/// A bot as the demo's exporter is configured with it.
package struct DemoBot: Sendable, Hashable {
    package var name: String
    package var id: String
    package var languages: [String]
    /// The name of one of the scenario's credentials.
    package var credential: String
    /// For `koreai_bot_info`.
    package var labels: [String: String]
}
