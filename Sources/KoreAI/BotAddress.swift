/// Where a bot lives on the platform.
package struct BotAddress: Sendable, Hashable {
    /// Scheme, host and an optional path prefix, with no slash at the end: `https://platform.kore.ai`.
    package var baseURL: String
    /// The platform's bot (stream) id: `st-…`.
    package var id: String

    package init(baseURL: String, id: String) {
        self.baseURL = baseURL
        self.id = id
    }
}
