extension Scenario {
    /// How long something takes, in scenario time.
    package enum Takes: Sendable, Hashable {
        case fixed(Duration)
        /// Drawn from a log-normal distribution; `sigma` is that of the logarithm, 0 to 3.
        case logNormal(median: Duration, sigma: Double)
    }
}

extension Scenario.Takes: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case median
        case sigma
    }

    package init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            guard let parsed = PrometheusDuration(text) else {
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(
                        codingPath: decoder.codingPath,
                        debugDescription:
                            "expected a duration such as 1m30s, or {median: 3m, sigma: 0.5}, found \"\(text)\""
                    )
                )
            }
            self = .fixed(parsed.duration)
            return
        }
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        let sigma = try container.decode(Double.self, forKey: .sigma)
        guard (0...3).contains(sigma) else {
            throw DecodingError.dataCorruptedError(
                forKey: .sigma,
                in: container,
                debugDescription: "expected 0 to 3, found \(sigma)"
            )
        }
        self = .logNormal(
            median: try container.decode(PrometheusDuration.self, forKey: .median).duration,
            sigma: sigma
        )
    }
}

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
        /// What the FAQ reply's `message` says of a failure; `nil`: its status once more, as in the sample.
        package var message: String?

        package init(
            engine: Platform.Engine = .ml,
            language: String? = nil,
            state: Platform.State = .configured,
            queued: Takes? = nil,
            takes: Takes? = nil,
            outcome: Outcome = .finished,
            message: String? = nil
        ) {
            self.engine = engine
            self.language = language
            self.state = state
            self.queued = queued
            self.takes = takes
            self.outcome = outcome
            self.message = message
        }
    }
}

extension Scenario.Training: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case engine, language, state, queued, takes, outcome, message
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            engine: try container.word(Platform.Engine.self, forKey: .engine, default: .ml),
            language: try container.decodeIfPresent(String.self, forKey: .language),
            state: try container.word(Platform.State.self, forKey: .state, default: .configured),
            queued: try container.decodeIfPresent(Scenario.Takes.self, forKey: .queued),
            takes: try container.decodeIfPresent(Scenario.Takes.self, forKey: .takes),
            outcome: try container.word(Outcome.self, forKey: .outcome, default: .finished),
            message: try container.decodeIfPresent(String.self, forKey: .message)
        )
    }
}

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
        /// The step that `statusLogs` of a failed export says it failed in; `nil`: the logs are empty, as in the sample.
        package var failedStep: String?

        package init(
            state: Platform.State = .configured,
            queued: Takes? = nil,
            takes: Takes? = nil,
            outcome: Outcome = .success,
            file: Bool = true,
            fileSize: Int = 0,
            failedStep: String? = nil
        ) {
            self.state = state
            self.queued = queued
            self.takes = takes
            self.outcome = outcome
            self.file = file
            self.fileSize = fileSize
            self.failedStep = failedStep
        }
    }
}

extension Scenario.Export: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case state, queued, takes, outcome, file
        case fileSize = "file_size"
        case failedStep = "failed_step"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            state: try container.word(Platform.State.self, forKey: .state, default: .configured),
            queued: try container.decodeIfPresent(Scenario.Takes.self, forKey: .queued),
            takes: try container.decodeIfPresent(Scenario.Takes.self, forKey: .takes),
            outcome: try container.word(Outcome.self, forKey: .outcome, default: .success),
            file: try container.decode(Bool.self, forKey: .file, default: true),
            fileSize: min(max(0, try container.decode(Int.self, forKey: .fileSize, default: 0)), 1 << 40),
            failedStep: try container.decodeIfPresent(String.self, forKey: .failedStep)
        )
    }
}

extension Scenario {
    /// A publish of a bot: how long, of which parts and with what end.
    package struct Publish: Sendable, Hashable {
        package enum Outcome: String, Sendable, Hashable, CaseIterable, Codable {
            case success
            case failed
            /// Stays in progress for as long as it `takes`, then fails; without `takes` it stays for ever.
            case hang
        }

        /// What the status call tells of while a publish awaits approval. Not documented.
        package enum Awaiting: String, Sendable, Hashable, CaseIterable, Codable {
            /// The publish before it, as if nobody had asked for another.
            case last
            /// The new one, in progress.
            case inProgress = "in_progress"
        }

        /// How long it waits for its turn.
        package var queued: Takes?
        /// From the end of the wait. `nil`: until it is told to end, or for ever.
        package var takes: Takes?
        package var outcome: Outcome
        /// What is published, by resource type, in order. Without `NL` the model is left out.
        package var parts: [String]
        /// The parts that fail. `nil`: `NL` where the publish fails, none where it succeeds.
        package var failsIn: [String]?
        /// Whether the published version is trained after it. `initiateTraining` of the call comes first.
        package var trains: Bool
        /// Whether an administrator has to approve it first.
        package var needsApproval: Bool
        /// How long the approval takes; `nil`: until it is approved by a control.
        package var approvedAfter: Takes?
        package var awaiting: Awaiting

        /// The parts of the documented status reply.
        package static let documentedParts = ["SETTINGS", "CHANNELS", "NL", "AUTOVERSIONING"]

        package init(
            queued: Takes? = nil,
            takes: Takes? = nil,
            outcome: Outcome = .success,
            parts: [String] = documentedParts,
            failsIn: [String]? = nil,
            trains: Bool = true,
            needsApproval: Bool = false,
            approvedAfter: Takes? = nil,
            awaiting: Awaiting = .last
        ) {
            self.queued = queued
            self.takes = takes
            self.outcome = outcome
            self.parts = parts
            self.failsIn = failsIn
            self.trains = trains
            self.needsApproval = needsApproval
            self.approvedAfter = approvedAfter
            self.awaiting = awaiting
        }

        /// ``failsIn`` with its default.
        var failedParts: [String] { failsIn ?? (outcome == .success ? [] : ["NL"]) }
    }
}

extension Scenario.Publish: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case queued, takes, outcome, parts, awaiting
        case failsIn = "fails_in"
        case trains = "initiate_training"
        case needsApproval = "needs_approval"
        case approvedAfter = "approved_after"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        self.init(
            queued: try container.decodeIfPresent(Scenario.Takes.self, forKey: .queued),
            takes: try container.decodeIfPresent(Scenario.Takes.self, forKey: .takes),
            outcome: try container.word(Outcome.self, forKey: .outcome, default: .success),
            parts: try container.decode([String].self, forKey: .parts, default: Self.documentedParts),
            failsIn: try container.decodeIfPresent([String].self, forKey: .failsIn),
            trains: try container.decode(Bool.self, forKey: .trains, default: true),
            needsApproval: try container.decode(Bool.self, forKey: .needsApproval, default: false),
            approvedAfter: try container.decodeIfPresent(Scenario.Takes.self, forKey: .approvedAfter),
            awaiting: try container.word(Awaiting.self, forKey: .awaiting, default: .last)
        )
    }
}
