/// A page of the reply to `GET …/bots`. The reply's client secrets are not decoded.
package struct BotPage: Sendable, Hashable {
    package struct Bot: Sendable, Hashable {
        package var id: String
        package var name: String
        /// The platform's word, such as `published`.
        package var status: String?
        package var defaultLanguage: String?
        package var type: String?

        package init(
            id: String,
            name: String,
            status: String? = nil,
            defaultLanguage: String? = nil,
            type: String? = nil
        ) {
            self.id = id
            self.name = name
            self.status = status
            self.defaultLanguage = defaultLanguage
            self.type = type
        }
    }

    package var total: Int?
    /// Whether a later page has more.
    package var availableMore: Bool
    package var bots: [Bot]

    package init(total: Int? = nil, availableMore: Bool = false, bots: [Bot] = []) {
        self.total = total
        self.availableMore = availableMore
        self.bots = bots
    }
}
