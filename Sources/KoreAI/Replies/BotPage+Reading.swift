extension BotPage: PlatformReply {
    package static func read(from reader: inout ReplyReader) throws(JSONSyntaxError) -> BotPage? {
        var reply = BotPage()
        var availableMore: Bool?
        while let key = try reader.json.nextKey() {
            switch key {
            case "total": reply.total = try reader.integer(key).flatMap { Int(exactly: $0) }
            case "availableMore": availableMore = try reader.truth(key)
            case "bots": reply.bots = try bots(from: &reader)
            default: try reader.other(key)
            }
        }
        reply.availableMore = availableMore ?? false
        return reader.saysSomething ? reply : nil
    }

    private static func bots(from reader: inout ReplyReader) throws(JSONSyntaxError) -> [Bot] {
        guard reader.json.beginArray() else {
            try reader.unexpected("bots")
            return []
        }
        reader.sawKnownField()
        var bots: [Bot] = []
        while try reader.json.hasNextElement() {
            if let bot = try bot(from: &reader) { bots.append(bot) }
        }
        return bots
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
            case "status": bot.status = try reader.text(key)
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
