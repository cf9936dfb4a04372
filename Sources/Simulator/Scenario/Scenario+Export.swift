extension Scenario {
    /// An export of a bot's utterances: how long and with what end.
    package struct Export: Sendable, Hashable {
        package enum Outcome: String, Sendable, Hashable, CaseIterable, Codable {
            case success
            case failed
            /// Stays in progress for as long as it `takes`, then fails; without `takes` it stays for ever.
            case hang
        }

        package var state: Platform.State
        /// How long it is pending.
        package var queued: Takes?
        /// From the end of the wait. `nil`: until it is told to end, or for ever.
        package var takes: Takes?
        package var outcome: Outcome
        /// Whether a success has a `downloadUrl`; otherwise it is empty, as in the documented sample.
        package var file: Bool
        /// Of the file, at least, in bytes; 0 for a few lines.
        package var fileSize: Int

        package init(
            state: Platform.State = .configured,
            queued: Takes? = nil,
            takes: Takes? = nil,
            outcome: Outcome = .success,
            file: Bool = true,
            fileSize: Int = 0
        ) {
            self.state = state
            self.queued = queued
            self.takes = takes
            self.outcome = outcome
            self.file = file
            self.fileSize = fileSize
        }
    }
}

extension Scenario.Export: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case state, queued, takes, outcome, file
        case fileSize = "file_size"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            state: try container.word(Platform.State.self, forKey: .state, default: .configured),
            queued: try container.decodeIfPresent(Scenario.Takes.self, forKey: .queued),
            takes: try container.decodeIfPresent(Scenario.Takes.self, forKey: .takes),
            outcome: try container.word(Outcome.self, forKey: .outcome, default: .success),
            file: try container.decode(Bool.self, forKey: .file, default: true),
            fileSize: min(max(0, try container.decode(Int.self, forKey: .fileSize, default: 0)), 1 << 40)
        )
    }
}
