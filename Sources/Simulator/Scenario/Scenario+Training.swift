extension Scenario {
    /// A training: of what, how long and with what end.
    package struct Training: Sendable, Hashable {
        package enum Outcome: String, Sendable, Hashable, CaseIterable, Codable {
            case finished
            case failed
            /// Stays in progress for as long as it `takes`, then fails; without `takes` it stays for ever.
            case hang
        }

        package var engine: Platform.Engine
        /// `nil`: the bot's default language.
        package var language: String?
        package var state: Platform.State
        /// How long it waits for its turn.
        package var queued: Takes?
        /// From the end of the wait. `nil`: until it is told to end, or for ever.
        package var takes: Takes?
        package var outcome: Outcome

        package init(
            engine: Platform.Engine = .ml,
            language: String? = nil,
            state: Platform.State = .configured,
            queued: Takes? = nil,
            takes: Takes? = nil,
            outcome: Outcome = .finished
        ) {
            self.engine = engine
            self.language = language
            self.state = state
            self.queued = queued
            self.takes = takes
            self.outcome = outcome
        }
    }
}

extension Scenario.Training: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case engine, language, state, queued, takes, outcome
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            engine: try container.word(Platform.Engine.self, forKey: .engine, default: .ml),
            language: try container.decodeIfPresent(String.self, forKey: .language),
            state: try container.word(Platform.State.self, forKey: .state, default: .configured),
            queued: try container.decodeIfPresent(Scenario.Takes.self, forKey: .queued),
            takes: try container.decodeIfPresent(Scenario.Takes.self, forKey: .takes),
            outcome: try container.word(Outcome.self, forKey: .outcome, default: .finished)
        )
    }
}
