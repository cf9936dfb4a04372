/// A page of the reply to `GET …/bots`. The reply's client secrets are not decoded.
package struct BotPage: Sendable, Hashable {
    package struct Bot: Sendable, Hashable {
        package var id: String
        package var name: String
        /// The platform's word, such as `published`.
        package var status: String?
        /// Whether the bot has a published version; `nil` where the list does not say so.
        package var isPublished: Bool? { status.map { StatusWord.letters(of: $0) == "published" } }
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

    /// How many bots the platform has; `nil` where it does not say so.
    package var total: Int?
    /// Whether a later page has more; `nil` where the platform does not say so.
    package var availableMore: Bool?
    package var bots: [Bot]
    /// Entries without an id, which nothing can be asked about: they count in ``total`` and in positions.
    package var nameless: Int

    package init(total: Int? = nil, availableMore: Bool? = nil, bots: [Bot] = [], nameless: Int = 0) {
        self.total = total
        self.availableMore = availableMore
        self.bots = bots
        self.nameless = nameless
    }
}

extension BotPage: PlatformReply {
    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> BotPage? {
        var reply = BotPage()
        while let key = try reader.json.nextKey() {
            switch key {
            case "total": reply.total = try reader.integer(key).flatMap { Int(exactly: $0) }
            case "availableMore": reply.availableMore = try reader.truth(key)
            case "bots": try reply.readBots(from: &reader)
            default: try reader.other(key)
            }
        }
        return reader.saysSomething ? reply : nil
    }

    private mutating func readBots(from reader: inout ReplyReader) throws(JSONSyntaxError) {
        guard reader.json.beginArray() else { return try reader.unexpected("bots") }
        reader.sawKnownField()
        while try reader.json.hasNextElement() {
            if let bot = try Self.bot(from: &reader) { bots.append(bot) } else { nameless += 1 }
        }
    }

    /// - Returns: `nil` for an entry without an id, which nothing can be asked about.
    private static func bot(from reader: inout ReplyReader) throws(JSONSyntaxError) -> Bot? {
        guard reader.json.beginObject() else {
            try reader.unexpected("bots")
            return nil
        }
        var id: String?
        var bot = Bot(id: "", name: "")
        while let key = try reader.json.nextKey() {
            switch key {
            case "_id": id = try reader.text(key)
            case "name": bot.name = try reader.text(key) ?? ""
            case "status": bot.status = try reader.string(key)
            case "defaultLanguage": bot.defaultLanguage = try reader.text(key)
            case "type": bot.type = try reader.text(key)
            default: try reader.json.skip()
            }
        }
        guard let id else {
            reader.report("bots", "a bot without _id")
            return nil
        }
        bot.id = id
        if bot.name.isEmpty { bot.name = id }
        return bot
    }
}
