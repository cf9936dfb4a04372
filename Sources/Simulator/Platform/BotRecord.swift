import Glibc
import Model

/// What the platform knows of one bot.
struct BotRecord: Sendable {
    let scenario: Scenario.Bot
    /// The flags of a finished reply.
    let components: [SyncComponent]
    var trainings: [Platform.TrainingTarget: TrainingRecord] = [:]
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
        for target in trainings.keys.sorted(by: Self.order) {
            // Some day before the simulator's start, so that the times of an old training are old.
            let age = Duration.milliseconds(Int64.random(in: 3_600_000...172_800_000, using: &random))
            trainings[target]?.queue(Scenario.Training(), runID: random.hexadecimal(24), at: now - age)
            trainings[target]?.start(at: now - age)
            trainings[target]?.end(succeeded: true, at: now - age)
            if bot.trainDetails == .outdated { trainings[target]?.outdate() }
        }
        guard bot.states.contains(.published) else { return }
        let age = Duration.milliseconds(Int64.random(in: 600_000..<3_600_000, using: &random))
        var job = PublishJob(
            id: "ds-\(random.uuid())",
            number: 0,
            status: .successful,
            plan: Scenario.Publish(parts: bot.onPublish.parts),
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
        addTrainings(scenario.states, at: now)
    }

    /// Gives the bot a published version, or takes it away.
    mutating func setPublished(_ published: Bool, at now: SimulatorTime) {
        isPublished = published
        if published {
            addTrainings([.published], at: now)
        } else {
            trainings = trainings.filter { $0.key.state != .published }
        }
    }

    /// Adds the targets that are not there yet.
    private mutating func addTrainings(_ states: [Platform.State], at now: SimulatorTime) {
        for engine in Platform.Engine.allCases {
            for language in scenario.languages {
                for state in states {
                    let target = Platform.TrainingTarget(scenario.id, engine: engine, language: language, state: state)
                    guard trainings[target] == nil else { continue }
                    trainings[target] = TrainingRecord(
                        documentID: random.hexadecimal(24),
                        components: engine == .ml ? components : [],
                        details: scenario.trainDetails,
                        at: now
                    )
                }
            }
        }
    }

    /// The flags that a reply has while the training is in this state.
    func flags(while status: TrainingRecord.Status) -> [SyncComponent] {
        if status == .finished { return components.filter { !droppedFlags.contains($0) } }
        if scenario.syncFlags == .old { return components }
        return SyncComponent.whileUnfinished
    }

    static func order(_ left: Platform.TrainingTarget, _ right: Platform.TrainingTarget) -> Bool {
        (left.engine.rawValue, left.language, left.state.rawValue)
            < (right.engine.rawValue, right.language, right.state.rawValue)
    }
}

/// A seeded source of chance for one bot.
struct BotRandom: RandomNumberGenerator, Sendable {
    private var numbers: SplitMix64

    /// - Parameter name: What the draws are for, so that two bots of a scenario differ.
    init(seed: UInt64, name: String) {
        // FNV-1a, for Hasher differs from run to run.
        let hash = name.utf8.reduce(14_695_981_039_346_656_037 ^ seed) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        numbers = SplitMix64(seed: hash)
    }

    mutating func next() -> UInt64 { numbers.next() }

    /// A duration in real time.
    ///
    /// - Parameter speed: Scenario seconds in a real second.
    mutating func draw(_ takes: Scenario.Takes, speed: Double = 1) -> Duration {
        switch takes {
        case .real(let duration): return duration
        case .fixed(let duration): return duration.divided(bySpeed: speed)
        case .logNormal(let median, let sigma):
            // Box and Muller's way to a normal deviate; its first uniform must not be 0.
            let (first, second) = (Double.random(in: 0x1p-53..<1, using: &self), Double.random(in: 0..<1, using: &self))
            let deviate = (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
            let milliseconds = Double(median.clampedMilliseconds) * exp(sigma * deviate)
            return Duration.milliseconds(Int64(min(max(milliseconds, 0), 1e15))).divided(bySpeed: speed)
        }
    }

    /// Hexadecimal digits, as the platform's object ids have 24 of.
    mutating func hexadecimal(_ count: Int) -> String {
        var text = ""
        for _ in 0..<count { text += String(Int(next() >> 60), radix: 16) }
        return text
    }

    /// A UUID's text.
    mutating func uuid() -> String {
        [8, 4, 4, 4, 12].map { hexadecimal($0) }.joined(separator: "-")
    }
}

/// A part of a bot that its model can be out of step with: what follows `isMlInSyncWith` in a reply.
package struct SyncComponent: Sendable, Hashable {
    /// As the reply spells it: `UBTraining`.
    package let wireName: String

    /// - Parameter name: The wire's spelling or the snake case of it that labels use: `UBTraining`, `ub_training`. A
    ///   name that is not known is taken as it stands: the platform grows new flags.
    package init(_ name: String) {
        wireName = Self.documented.first { $0.label == name }?.wireName ?? name
    }

    /// The flags of the documentation, in its order.
    private static let documented: [(label: String, wireName: String)] = [
        ("sentences", "Sentences"), ("synonyms", "Synonyms"), ("mlparams", "Mlparams"), ("traits", "Traits"),
        ("small_talk", "SmallTalk"), ("ub_training", "UBTraining"), ("entity_node", "EntityNode"),
        ("intent_node", "IntentNode"), ("patterns", "Patterns"), ("bt_utterances", "BTUtterances"),
    ]

    /// The flags of a reply about a finished training.
    static let whenFinished = documented.map { SyncComponent($0.wireName) }
    /// The flags of a reply about a training that is running or failed.
    static let whileUnfinished = Array(whenFinished.prefix(6))
    /// The flags that old versions have in any reply.
    static let old = Array(whenFinished.prefix(4))
}

extension SyncComponent: Codable, ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }

    package init(from decoder: any Decoder) throws {
        let name = try decoder.singleValueContainer().decode(String.self)
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
            throw DecodingError.wrong(
                at: decoder.codingPath,
                "expected a component such as sentences or UBTraining, found \"\(name)\""
            )
        }
        self.init(name)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wireName)
    }
}
