extension Scenario {
    /// How the list of bots is told. The documentation contradicts itself about `offset`.
    package struct BotList: Sendable, Hashable {
        package enum Offset: String, Sendable, Hashable, CaseIterable {
            /// The position of the first bot, as the current page says.
            case bots
            /// The number of pages to skip, as an older page says.
            case pages
        }

        package var offset: Offset
        /// The most bots of a page, whatever is asked for: 1 to 50.
        package var pageSize: Int
        /// How many requests for a later page are answered with no bots, although there are more.
        package var emptyPages: Int
        /// Whether every page says that there are more, also the last one.
        package var alwaysMore: Bool

        package init(offset: Offset = .bots, pageSize: Int = 50, emptyPages: Int = 0, alwaysMore: Bool = false) {
            self.offset = offset
            self.pageSize = pageSize
            self.emptyPages = emptyPages
            self.alwaysMore = alwaysMore
        }
    }
}

extension Scenario.BotList {
    func validate() throws(ScenarioError) {
        guard (1...50).contains(pageSize) else {
            throw ScenarioError("bot_list.page_size: expected 1 to 50, found \(pageSize)")
        }
        guard emptyPages >= 0 else {
            throw ScenarioError("bot_list.empty_pages: expected 0 or more, found \(emptyPages)")
        }
    }
}

extension Scenario.BotList: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case offset
        case pageSize = "page_size"
        case emptyPages = "empty_pages"
        case alwaysMore = "always_more"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            offset: try container.word(Offset.self, forKey: .offset, default: .bots),
            pageSize: try container.decode(Int.self, forKey: .pageSize, default: 50),
            emptyPages: try container.decode(Int.self, forKey: .emptyPages, default: 0),
            alwaysMore: try container.decode(Bool.self, forKey: .alwaysMore, default: false)
        )
    }
}

extension Scenario {
    /// Many quiet bots for load tests, in real time: each trains every half an hour and exports every two hours,
    /// at times of its own. All have one credential, the only one of ``credentials``.
    ///
    /// - Parameters:
    ///   - bots: How many; `bot-0001` has the id `st-bot-0001`.
    ///   - states: With one language and the default, the exporter's three collectors make three targets a bot.
    package static func many(
        bots: Int,
        seed: UInt64 = 1,
        languages: [String] = ["en"],
        states: [Platform.State] = [.configured]
    ) -> Scenario {
        var random = BotRandom(seed: seed, name: "many")
        let width = String(max(bots, 1000)).count
        return Scenario(
            seed: seed,
            credentials: [Credential(name: "load", clientID: "cs-load", clientSecret: "load-secret")],
            bots: (0..<max(0, bots)).map { index in
                let digits = String(index + 1)
                let name = "bot-" + String(repeating: "0", count: width - digits.count) + digits
                let outcome: Training.Outcome = Int.random(in: 0..<10, using: &random) == 0 ? .failed : .finished
                let training = Training(
                    state: states.first ?? .configured,
                    queued: .fixed(.seconds(5)),
                    takes: .logNormal(median: .seconds(60), sigma: 0.5),
                    outcome: outcome
                )
                var faq = training
                faq.engine = .faq
                let export = Export(state: states.first ?? .configured, takes: .fixed(.seconds(40)))
                let second = { (limit: Int) -> Duration in .seconds(Int.random(in: 0..<limit, using: &random)) }
                return Bot(
                    id: "st-\(name)",
                    name: name,
                    languages: languages,
                    states: states,
                    timeline: [
                        Step(at: second(1800), every: .seconds(1800), .train(training)),
                        Step(at: second(1800), every: .seconds(1800), .train(faq)),
                        Step(at: second(1800), every: .seconds(1800), .drift(Drift(state: training.state))),
                        Step(at: second(7200), every: .seconds(7200), .export(export)),
                    ]
                )
            }
        )
    }
}
