import Glibc
import Model

/// The platform's state of one bot.
struct BotRecord: Sendable {
    let scenario: Scenario.Bot
    /// The sync flags of a finished reply.
    let components: [SyncComponent]
    var trainings: [Platform.TrainingTarget: TrainingRecord] = [:]
    var export: ExportJob?
    /// How many more status calls after an export's start are answered with 500.
    var exportStatusErrors = 0
    var exportCount = 0
    /// The publish that runs, or the last one.
    var publish: PublishJob?
    /// The publish that awaits approval.
    var awaitedPublish: PublishJob?
    var publishCount = 0
    /// Flags that finished replies leave out.
    var droppedFlags: Set<SyncComponent>
    /// The name in the list of bots.
    var listedAs: String
    var isListed: Bool
    let createdOn: SimulatorTime
    /// Whether the list of bots shows a published version.
    private(set) var isPublished = false
    var random: BotRandom

    init(_ bot: Scenario.Bot, seed: UInt64, at now: SimulatorTime) {
        scenario = bot
        let documented = bot.syncFlags == .old ? SyncComponent.old : SyncComponent.whenFinished
        components = documented + bot.extraFlags.filter { !documented.contains($0) }
        droppedFlags = Set(bot.droppedFlags)
        listedAs = bot.listedAs ?? bot.name
        isListed = bot.listed
        // A second more than two days before the start, so before every training in the past.
        createdOn = now - .milliseconds(172_801_000)
        random = BotRandom(seed: seed, name: bot.id)
        forget(at: now)
        guard !bot.neverTrained else { return }
        for target in trainings.keys.sorted(by: Self.order) {
            // An hour to two days before the start, so that the times of an old training are old.
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

    /// Makes every target untrained, and forgets the export and the publishes.
    mutating func forget(at now: SimulatorTime) {
        export = nil
        exportStatusErrors = 0
        publish = nil
        awaitedPublish = nil
        isPublished = false
        trainings = [:]
        addTrainings(scenario.states, at: now)
    }

    /// Gives the bot a published version, or removes it.
    mutating func setPublished(_ published: Bool, at now: SimulatorTime) {
        isPublished = published
        if published {
            addTrainings([.published], at: now)
        } else {
            trainings = trainings.filter { $0.key.state != .published }
        }
    }

    /// Adds the targets that do not exist yet.
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

    /// The flags in a reply while the training has this status.
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

/// A seeded random number generator for one bot.
struct BotRandom: RandomNumberGenerator, Sendable {
    private var numbers: SplitMix64

    /// - Parameter name: Makes the numbers of two bots of a scenario differ.
    init(seed: UInt64, name: String) {
        // FNV-1a, because Hasher gives other values in each process.
        let hash = name.utf8.reduce(14_695_981_039_346_656_037 ^ seed) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        numbers = SplitMix64(seed: hash)
    }

    mutating func next() -> UInt64 { numbers.next() }

    /// Draws a duration in real time.
    ///
    /// - Parameter speed: Scenario seconds in a real second.
    mutating func draw(_ takes: Scenario.Takes, speed: Double = 1) -> Duration {
        switch takes {
        case .real(let duration): return duration
        case .fixed(let duration): return duration.divided(bySpeed: speed)
        case .logNormal(let median, let sigma):
            // The Box-Muller transform gives a normal deviate; its first uniform number must not be 0.
            let (first, second) = (Double.random(in: 0x1p-53..<1, using: &self), Double.random(in: 0..<1, using: &self))
            let deviate = (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
            let milliseconds = Double(median.clampedMilliseconds) * exp(sigma * deviate)
            return Duration.milliseconds(Int64(min(max(milliseconds, 0), 1e15))).divided(bySpeed: speed)
        }
    }

    /// Random hexadecimal digits; the platform's object ids have 24.
    mutating func hexadecimal(_ count: Int) -> String {
        var text = ""
        for _ in 0..<count { text += String(Int(next() >> 60), radix: 16) }
        return text
    }

    /// Random text in the form of a UUID.
    mutating func uuid() -> String {
        [8, 4, 4, 4, 12].map { hexadecimal($0) }.joined(separator: "-")
    }
}

/// A component of a bot that its model can be out of sync with: the rest of a key after `isMlInSyncWith`.
package struct SyncComponent: Sendable, Hashable {
    /// The name as replies spell it, such as `UBTraining`.
    package let wireName: String

    /// - Parameter name: The spelling of replies or that of labels: `UBTraining`, `ub_training`. An unknown name is
    ///   kept as it is, because the platform adds new flags.
    package init(_ name: String) {
        wireName = Self.documented.first { $0.label == name }?.wireName ?? name
    }

    /// The documented flags in the documentation's order.
    private static let documented: [(label: String, wireName: String)] = [
        ("sentences", "Sentences"), ("synonyms", "Synonyms"), ("mlparams", "Mlparams"), ("traits", "Traits"),
        ("small_talk", "SmallTalk"), ("ub_training", "UBTraining"), ("entity_node", "EntityNode"),
        ("intent_node", "IntentNode"), ("patterns", "Patterns"), ("bt_utterances", "BTUtterances"),
    ]

    /// The flags of a reply about a finished training.
    static let whenFinished = documented.map { SyncComponent($0.wireName) }
    /// The flags of a reply about a training that is queued, runs or failed.
    static let whileUnfinished = Array(whenFinished.prefix(6))
    /// The flags of every reply of old versions.
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
