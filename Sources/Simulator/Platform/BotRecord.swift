/// What the platform knows of one bot.
struct BotRecord: Sendable {
    /// A training target within its bot.
    struct Key: Sendable, Hashable {
        var engine: Platform.Engine
        var language: String
        var state: Platform.State
    }

    let scenario: Scenario.Bot
    /// The flags of a finished reply.
    let components: [SyncComponent]
    var trainings: [Key: TrainingRecord] = [:]
    var export: ExportJob?
    /// Status calls still to be answered with 500 after an export's start.
    var exportStatusErrors = 0
    var exportCount = 0
    /// The publish that runs, or the last one.
    var publish: PublishJob?
    /// A publish that awaits its approval.
    var awaitedPublish: PublishJob?
    var publishCount = 0
    /// Flags that finished replies leave out.
    var droppedFlags: Set<SyncComponent>
    /// As the list of bots tells of it.
    var listedAs: String
    var isListed: Bool
    let createdOn: SimulatorTime
    /// Whether there is a published version that the list of bots tells of.
    private(set) var isPublished = false
    var random: BotRandom

    init(_ bot: Scenario.Bot, seed: UInt64, at now: SimulatorTime) {
        scenario = bot
        let documented = bot.syncFlags == .old ? SyncComponent.old : SyncComponent.whenFinished
        components = documented + bot.extraFlags.filter { !documented.contains($0) }
        droppedFlags = Set(bot.droppedFlags)
        listedAs = bot.listedAs ?? bot.name
        isListed = bot.listed
        // A little more than two days before the simulator's start: before anything that is told of it.
        createdOn = now - .milliseconds(172_801_000)
        random = BotRandom(seed: seed, name: bot.id)
        forget(at: now)
        guard !bot.neverTrained else { return }
        for key in trainings.keys.sorted(by: Self.order) {
            // Some day before the simulator's start, so that the times of an old training are old.
            let age = Duration.milliseconds(Int64.random(in: 3_600_000...172_800_000, using: &random))
            trainings[key]?.queue(runID: random.hexadecimal(24), outcome: .finished, at: now - age)
            trainings[key]?.start(at: now - age)
            trainings[key]?.end(succeeded: true, at: now - age)
            if bot.trainDetails == .outdated { trainings[key]?.outdate() }
        }
        guard bot.states.contains(.published) else { return }
        let age = Duration.milliseconds(Int64.random(in: 600_000..<3_600_000, using: &random))
        var job = PublishJob(
            id: "ds-\(random.uuid())",
            number: 0,
            status: .successful,
            plan: Platform.PublishPlan(parts: bot.onPublish.parts),
            comment: "",
            dialogID: "dg-\(random.uuid())",
            requestedAt: now - age
        )
        job.initiatedAt = now - age + .milliseconds(97)
        job.endedAt = now - age + .milliseconds(1352)
        publish = job
        isPublished = true
    }

    /// Makes every target one that was never trained, and forgets the export and the publishes.
    mutating func forget(at now: SimulatorTime) {
        export = nil
        exportStatusErrors = 0
        publish = nil
        awaitedPublish = nil
        isPublished = false
        trainings = [:]
        for engine in Platform.Engine.allCases {
            for language in scenario.languages {
                for state in scenario.states {
                    addTraining(Key(engine: engine, language: language, state: state), at: now)
                }
            }
        }
    }

    /// Gives the bot a published version, or takes it away.
    mutating func setPublished(_ published: Bool, at now: SimulatorTime) {
        isPublished = published
        if !published {
            trainings = trainings.filter { $0.key.state != .published }
            return
        }
        for engine in Platform.Engine.allCases {
            for language in scenario.languages {
                let key = Key(engine: engine, language: language, state: .published)
                if trainings[key] == nil { addTraining(key, at: now) }
            }
        }
    }

    private mutating func addTraining(_ key: Key, at now: SimulatorTime) {
        trainings[key] = TrainingRecord(
            documentID: random.hexadecimal(24),
            components: key.engine == .ml ? components : [],
            details: scenario.trainDetails,
            at: now
        )
    }

    /// The flags that a reply has while the training is in this state.
    func flags(while status: TrainingRecord.Status) -> [SyncComponent] {
        if status == .finished { return components.filter { !droppedFlags.contains($0) } }
        if scenario.syncFlags == .old { return components }
        return SyncComponent.whileUnfinished
    }

    static func order(_ left: Key, _ right: Key) -> Bool {
        (left.engine.rawValue, left.language, left.state.rawValue)
            < (right.engine.rawValue, right.language, right.state.rawValue)
    }
}

/// A part of a bot that its model can be out of step with: what follows `isMlInSyncWith` in a reply.
package struct SyncComponent: Sendable, Hashable {
    /// As the reply spells it: `UBTraining`.
    package let wireName: String

    private init(known wireName: String) {
        self.wireName = wireName
    }

    /// - Parameter name: The wire's spelling or the snake case of it that labels use: `UBTraining`, `ub_training`. A
    ///   name that is not known is taken as it stands: the platform grows new flags.
    package init(_ name: String) {
        wireName = Self.snakeCase[name] ?? name
    }

    /// The flags of a reply about a training that is running or failed, in the documented order.
    static let whileUnfinished = [
        "Sentences", "Synonyms", "Mlparams", "Traits", "SmallTalk", "UBTraining",
    ].map(SyncComponent.init(known:))

    /// The flags of a reply about a finished training, in the documented order.
    static let whenFinished =
        whileUnfinished + ["EntityNode", "IntentNode", "Patterns", "BTUtterances"].map(SyncComponent.init(known:))

    /// The flags that old versions have in any reply.
    static let old = Array(whileUnfinished.prefix(4))

    private static let snakeCase = [
        "sentences": "Sentences", "synonyms": "Synonyms", "mlparams": "Mlparams", "traits": "Traits",
        "small_talk": "SmallTalk", "ub_training": "UBTraining", "entity_node": "EntityNode",
        "intent_node": "IntentNode", "patterns": "Patterns", "bt_utterances": "BTUtterances",
    ]
}

extension SyncComponent: Codable, ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected a component such as sentences or UBTraining, found \"\(name)\""
            )
        }
        self.init(name)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wireName)
    }
}
