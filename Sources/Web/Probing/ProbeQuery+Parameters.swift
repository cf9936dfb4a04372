import Settings

extension ProbeQuery {
    /// - Parameter parameters: Of the request's query, in its order.
    /// - Throws: Where one is unknown, given twice, or none of the words that there are. One that is empty counts as not
    ///   given.
    init(_ parameters: QueryParameters) throws(QueryFault) {
        let values = try CheckedParameters(parameters, known: ["bot", "collector", "language", "state", "debug"])
        guard let bot = values["bot"] else {
            throw QueryFault(message: "`bot` is missing: the name of a configured bot, as in /probe?bot=NAME")
        }
        self.init(
            bot: bot,
            collector: try values.word("collector", of: CollectorSetting.self),
            language: values["language"],
            state: try values.word("state", of: StateSetting.self),
            isDebug: try values.flag("debug")
        )
    }
}
