import Model

extension Scenario {
    /// How long something takes.
    package enum Takes: Sendable, Hashable {
        /// A duration in scenario time.
        case fixed(Duration)
        /// A log-normal distribution in scenario time; `sigma` is that of the logarithm, 0 to 3.
        case logNormal(median: Duration, sigma: Double)
        /// A duration in real time, for controls.
        case real(Duration)
    }

    /// How an export or a publish ends.
    package enum JobOutcome: String, Word {
        case success
        case failed
        /// Stays in progress for as long as it `takes`, then fails; without `takes` it stays for ever.
        case hang
    }

    /// A training: its target, how long it takes and how it ends.
    package struct Training: Sendable, Hashable {
        package enum Outcome: String, Word {
            case finished
            case failed
            /// Stays in progress for as long as it `takes`, then fails; without `takes` it stays for ever.
            case hang
        }

        package var engine = Platform.Engine.ml
        /// `nil` for the bot's default language.
        package var language: String?
        package var state = Platform.State.configured
        /// How long it is in the queue; `nil` for not at all.
        package var queued: Takes?
        /// How long it runs after the queue; `nil` until a control ends it.
        package var takes: Takes?
        package var outcome = Outcome.finished
        /// The `message` of the FAQ reply after a failure; `nil` for the status again, as in the sample.
        package var message: String?
    }

    /// An export of a bot's utterances: how long it takes and how it ends.
    package struct Export: Sendable, Hashable {
        package var state = Platform.State.configured
        /// How long it is pending; `nil` for not at all.
        package var queued: Takes?
        /// How long it runs after that; `nil` until a control ends it.
        package var takes: Takes?
        package var outcome = JobOutcome.success
        /// Whether a success has a `downloadUrl`; otherwise that is empty, as in the documented sample.
        package var file = true
        /// The least size of the file in bytes; 0 for one utterance.
        package var fileSize = 0
        /// The step of `statusLogs` in which a failed export failed; `nil` for empty logs, as in the sample.
        package var failedStep: String?
    }

    /// A publish of a bot: its parts, how long it takes and how it ends.
    package struct Publish: Sendable, Hashable {
        /// What the status call reports while a publish awaits approval. That is not documented.
        package enum Awaiting: String, Word {
            /// The publish before it, as if no other had been asked for.
            case last
            /// The new publish, in progress.
            case inProgress = "in_progress"
        }

        /// How long it is in the queue; `nil` for not at all.
        package var queued: Takes?
        /// How long it runs after the queue; `nil` until a control ends it.
        package var takes: Takes?
        package var outcome = JobOutcome.success
        /// The parts by resource type, in the order of publishing. Without `NL` the model is left out.
        package var parts = documentedParts
        /// The parts that fail; `nil` for `NL` where the publish fails, and for none where it succeeds.
        package var failsIn: [String]?
        /// Whether the published version is trained afterwards; a call's `initiateTraining` overrides it.
        package var trains = true
        /// Whether an administrator has to approve it first.
        package var needsApproval = false
        /// How long the approval takes; `nil` until a control approves it.
        package var approvedAfter: Takes?
        package var awaiting = Awaiting.last

        /// The parts of the documented status reply.
        package static let documentedParts = ["SETTINGS", "CHANNELS", "NL", "AUTOVERSIONING"]

        /// ``failsIn`` with its default.
        var failedParts: [String] { failsIn ?? (outcome == .success ? [] : ["NL"]) }
    }

    /// A change of components after the model was trained.
    package struct Drift: Sendable, Hashable {
        /// `nil` for the bot's default language.
        package var language: String?
        package var state = Platform.State.configured
        package var components: [SyncComponent] = ["sentences"]
    }

    /// Something that happens to a bot, once or repeatedly.
    package struct Step: Sendable, Hashable {
        package enum Action: Sendable, Hashable {
            case train(Training)
            case drift(Drift)
            /// `nil` for the bot's ``Scenario/Bot/onPublish``.
            case publish(Publish?)
            /// Removes the bot's published version.
            case unpublish
            case export(Export)
            /// Finished replies leave out these flags from now on, and no others.
            case dropFlags([SyncComponent])
            /// The platform forgets the bot's trainings, exports and publishes.
            case neverTrained
        }

        /// When it happens, after the simulator's start, in scenario time.
        package var at: Duration
        /// The interval at which it repeats, at least a second of scenario time and a real millisecond; `nil` for once.
        package var every: Duration?
        package var action: Action

        init(at: Duration, every: Duration? = nil, _ action: Action) {
            self.at = at
            self.every = every
            self.action = action
        }
    }
}

extension Scenario.Takes: Decodable {
    package init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            guard let duration = try? PrometheusDuration.parse(text) else {
                throw DecodingError.wrong(
                    at: decoder.codingPath,
                    "expected a duration such as 1m30s, or {median: 3m, sigma: 0.5}, found \"\(text)\""
                )
            }
            self = .fixed(duration)
            return
        }
        var (median, sigma) = (Duration.zero, 0.0)
        try decoder.readKeys { keys in
            keys.require("median", duration: &median)
            keys.require("sigma", &sigma)
        }
        guard (0...3).contains(sigma) else {
            let key = KeyReader.Key(stringValue: "sigma")
            throw DecodingError.wrong(at: decoder.codingPath + [key], "expected 0 to 3, found \(sigma)")
        }
        self = .logNormal(median: median, sigma: sigma)
    }
}

extension Scenario.Training: Keyed {
    mutating func read(_ keys: inout KeyReader) {
        keys.read("engine", &engine)
        keys.read("language", &language)
        keys.read("state", &state)
        keys.read("queued", takes: &queued)
        keys.read("takes", takes: &takes)
        keys.read("outcome", &outcome)
        keys.read("message", &message)
    }
}

extension Scenario.Export: Keyed {
    mutating func read(_ keys: inout KeyReader) {
        keys.read("state", &state)
        keys.read("queued", takes: &queued)
        keys.read("takes", takes: &takes)
        keys.read("outcome", &outcome)
        keys.read("file", &file)
        keys.read("file_size", &fileSize)
        keys.read("failed_step", &failedStep)
    }
}

extension Scenario.Publish: Keyed {
    mutating func read(_ keys: inout KeyReader) {
        keys.read("queued", takes: &queued)
        keys.read("takes", takes: &takes)
        keys.read("outcome", &outcome)
        keys.read("parts", &parts)
        keys.read("awaiting", &awaiting)
        keys.read("fails_in", &failsIn)
        keys.read("initiate_training", &trains)
        keys.read("needs_approval", &needsApproval)
        keys.read("approved_after", takes: &approvedAfter)
    }
}

extension Scenario.Drift: Keyed {
    mutating func read(_ keys: inout KeyReader) {
        keys.read("language", &language)
        keys.read("state", &state)
        keys.read("components", &components)
    }
}

extension Scenario.Step: Decodable {
    /// The value of `publish`: `true`, or a mapping that describes the publish.
    private enum PublishValue: Decodable {
        case own(Bool)
        case other(Scenario.Publish)

        init(from decoder: any Decoder) throws {
            if let isOwn = try? decoder.singleValueContainer().decode(Bool.self) {
                self = .own(isOwn)
            } else {
                self = .other(try Scenario.Publish(from: decoder))
            }
        }
    }

    package init(from decoder: any Decoder) throws {
        var (at, every) = (Duration.zero, Duration?.none)
        var actions: [Action] = []
        try decoder.readKeys { keys in
            keys.require("at", duration: &at)
            keys.read("every", duration: &every)
            keys.read("train") { actions.append(.train($0)) }
            keys.read("drift") { actions.append(.drift($0)) }
            keys.read("publish") { (value: PublishValue) in
                switch value {
                case .own(let isOwn): actions += isOwn ? [.publish(nil)] : []
                case .other(let publish): actions.append(.publish(publish))
                }
            }
            keys.read("unpublish") { actions += $0 ? [.unpublish] : [] }
            keys.read("export") { actions.append(.export($0)) }
            keys.read("drop_flags") { actions.append(.dropFlags($0)) }
            keys.read("never_trained") { actions += $0 ? [.neverTrained] : [] }
        }
        guard let action = actions.first, actions.count == 1 else {
            throw DecodingError.wrong(
                at: decoder.codingPath,
                "expected exactly one of train: {…}, drift: {…}, export: {…}, publish: true or {…}, unpublish: true, "
                    + "drop_flags: […] and never_trained: true, found \(actions.count)"
            )
        }
        self.init(at: at, every: every, action)
    }
}
