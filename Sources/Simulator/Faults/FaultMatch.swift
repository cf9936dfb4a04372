/// Which calls a fault hits: those that fit everything that is given here. All, where nothing is.
package struct FaultMatch: Sendable, Hashable {
    /// The bot's id or name.
    package var bot: String?
    package var endpoint: Platform.Endpoint?
    package var collector: Platform.Collector?
    /// As the call asks for it, in its query, header or body. A call that leaves it to the platform does not fit.
    package var language: String?
    /// As the call asks for it; `configured` where it does not say.
    package var state: Platform.State?

    package init(
        bot: String? = nil,
        endpoint: Platform.Endpoint? = nil,
        collector: Platform.Collector? = nil,
        language: String? = nil,
        state: Platform.State? = nil
    ) {
        self.bot = bot
        self.endpoint = endpoint
        self.collector = collector
        self.language = language
        self.state = state
    }

    func fits(_ request: APIRequest, botName: String?) -> Bool {
        if let bot, bot != request.bot, bot != botName { return false }
        if let endpoint, endpoint != request.endpoint { return false }
        if let collector, collector != request.endpoint.collector { return false }
        if let language, language != request.language { return false }
        if let state, state != request.state { return false }
        return true
    }
}

extension FaultMatch: Codable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case bot, endpoint, collector, language, state
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        bot = try container.decodeIfPresent(String.self, forKey: .bot)
        language = try container.decodeIfPresent(String.self, forKey: .language)
        if container.contains(.endpoint) {
            endpoint = try container.word(Platform.Endpoint.self, forKey: .endpoint, default: .bots)
        }
        if container.contains(.collector) {
            collector = try container.word(Platform.Collector.self, forKey: .collector, default: .mlTraining)
        }
        if container.contains(.state) {
            state = try container.word(Platform.State.self, forKey: .state, default: .configured)
        }
    }
}
