import Glibc

/// The simulated platform: its bots and what goes on in them. Pure: it is told the time.
///
/// Nothing happens between calls; ``advance(to:)`` makes up for the time that has passed, so that each event has the
/// time it was due at, however late anybody asks.
package struct Platform: Sendable {
    /// What the agenda reminds of. Bots are named by id.
    enum Due: Sendable {
        case step(bot: String, index: Int)
        case trainingStart(TrainingTarget, run: Int)
        case trainingEnd(TrainingTarget, run: Int)
        case exportStart(bot: String, number: Int)
        case exportEnd(bot: String, number: Int)
        case publishApproval(bot: String, number: Int)
        case publishStart(bot: String, number: Int)
        case publishEnd(bot: String, number: Int)
    }

    let speed: Double
    /// What download links begin with, with no slash at the end. Known when the server has a port.
    var filesURL = ""
    /// By id.
    var bots: [String: BotRecord] = [:]
    /// The ids, in the scenario's order.
    let botIDs: [String]
    private let idsByName: [String: String]
    var botList: Scenario.BotList {
        didSet { emptyPages = botList.emptyPages }
    }
    /// Requests for a later page of the list of bots that are still to be answered with none.
    var emptyPages: Int
    var agenda = Agenda<Due>()
    var log = EventLog()

    /// - Parameter scenario: A valid one; of bots with the same id the first counts.
    package init(scenario: Scenario, now: SimulatorTime) {
        speed = scenario.speed
        botList = scenario.botList
        emptyPages = scenario.botList.emptyPages
        botIDs = scenario.bots.map(\.id)
        idsByName = Dictionary(scenario.bots.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
        for bot in scenario.bots where bots[bot.id] == nil {
            bots[bot.id] = BotRecord(bot, seed: scenario.seed, at: now)
            for (index, step) in bot.timeline.enumerated() {
                agenda.add(.step(bot: bot.id, index: index), at: now + step.at.divided(bySpeed: speed))
            }
        }
    }

    /// What has happened, oldest first.
    package var events: [SimulatorEvent] { log.events }

    /// The id of a bot that is given by id or name.
    func id(of bot: String) -> String? {
        bots[bot] != nil ? bot : idsByName[bot]
    }

    /// Lets everything happen that is due by `now`.
    package mutating func advance(to now: SimulatorTime) {
        while let (time, due) = agenda.next(dueBy: now) {
            switch due {
            case .step(let bot, let index): play(bot: bot, index: index, at: time)
            case .trainingStart(let target, let run):
                if training(target)?.run == run, training(target)?.status == .queued {
                    beginTraining(target, at: time)
                }
            case .trainingEnd(let target, let run):
                if let record = training(target), record.run == run, record.status == .inProgress {
                    endTraining(target, succeeded: record.outcome == .finished, at: time)
                }
            case .exportStart(let bot, let number):
                if let job = bots[bot]?.export, job.number == number, job.status == .pending {
                    beginExport(bot: bot, at: time)
                }
            case .exportEnd(let bot, let number):
                if let job = bots[bot]?.export, job.number == number, job.status == .inProgress {
                    endExport(bot: bot, succeeded: job.outcome == .success, at: time)
                }
            case .publishApproval(let bot, let number):
                if bots[bot]?.awaitedPublish?.number == number { approvePublish(bot: bot, at: time) }
            case .publishStart(let bot, let number):
                if let job = bots[bot]?.publish, job.number == number, job.status == .queued {
                    beginPublish(bot: bot, at: time)
                }
            case .publishEnd(let bot, let number):
                if let job = bots[bot]?.publish, job.number == number, job.status == .inProgress {
                    let plan = job.plan
                    endPublish(
                        bot: bot,
                        succeeded: plan.outcome == .success,
                        failedParts: plan.failedParts,
                        at: time
                    )
                }
            }
        }
    }

    private mutating func play(bot: String, index: Int, at now: SimulatorTime) {
        guard let step = bots[bot]?.scenario.timeline[index] else { return }
        if let every = step.every {
            // At least a millisecond on, or time would stand still.
            let next = max(now + every.divided(bySpeed: speed), now + .milliseconds(1))
            agenda.add(.step(bot: bot, index: index), at: next)
        }
        switch step.action {
        case .train(let training): startTraining(training, of: bot, at: now)
        case .drift(let drift):
            let language = drift.language ?? defaultLanguage(of: bot)
            self.drift(
                drift.components,
                of: TrainingTarget(bot, language: language, state: drift.state),
                at: now
            )
        case .publish(let own):
            let publish = own ?? bots[bot]?.scenario.onPublish ?? Scenario.Publish()
            startPublish(publish, of: bot, at: now)
        case .dropFlags(let components): bots[bot]?.droppedFlags = Set(components)
        case .unpublish: unpublish(bot: bot, at: now)
        case .export(let export): startExport(export, of: bot, at: now)
        case .neverTrained: forget(bot: bot, at: now)
        }
    }

    func defaultLanguage(of bot: String) -> String {
        bots[bot]?.scenario.languages.first ?? ""
    }

    /// Scenario time that is drawn by lot, as real time.
    mutating func draw(_ takes: Scenario.Takes?, of bot: String) -> Duration? {
        guard let takes else { return nil }
        return bots[bot]?.random.draw(takes).divided(bySpeed: speed)
    }
}

extension Platform {
    /// Which version of a bot is meant, in the platform's words.
    package enum State: String, Sendable, Hashable, CaseIterable, Codable {
        /// In development.
        case configured
        /// What customers talk to.
        case published
    }

    /// What is trained.
    package enum Engine: String, Sendable, Hashable, CaseIterable, Codable {
        case ml
        case faq
    }

    /// What an exporter calls the status calls.
    package enum Collector: String, Sendable, Hashable, CaseIterable, Codable {
        case mlTraining = "ml_training"
        case faqTraining = "faq_training"
        case mlExport = "ml_export"
        case publish
    }
}

extension Platform {
    /// What one training is of: one engine of one language of one version of a bot.
    package struct TrainingTarget: Sendable, Hashable {
        /// The bot's id or its name.
        package var bot: String
        package var engine: Engine
        package var language: String
        package var state: State

        package init(
            _ bot: String,
            engine: Engine = .ml,
            language: String = "en",
            state: State = .configured
        ) {
            self.bot = bot
            self.engine = engine
            self.language = language
            self.state = state
        }
    }
}

extension Platform {
    /// A bot's id, from its id or name.
    func resolve(_ bot: String) throws(ControlError) -> String {
        guard let id = id(of: bot) else {
            throw ControlError("expected the id or name of a bot of the scenario, found \"\(bot)\"")
        }
        return id
    }

    /// A target by its bot's id, where the bot has it.
    func resolve(_ target: TrainingTarget) throws(ControlError) -> TrainingTarget {
        var resolved = target
        resolved.bot = try resolve(target.bot)
        guard training(resolved) != nil else {
            throw ControlError(
                "expected a language and a state that \(target.bot) has, "
                    + "found \(target.language) and \(target.state.rawValue)"
            )
        }
        return resolved
    }

    /// Brings a training to a status by what leads there.
    mutating func setTraining(
        _ target: TrainingTarget,
        to status: Simulator.TrainingStatus,
        at now: SimulatorTime
    ) {
        guard let before = training(target) else { return }
        // A wait of a thousand years: until it is told to go on.
        let queued: Duration? = status == .queued ? .seconds(31_536_000_000) : nil
        if status == .queued, before.status == .inProgress {
            // There is no way back from a run to the queue but by its end.
            endTraining(target, succeeded: false, at: now)
        }
        startTraining(target, plan: TrainingPlan(queued: queued), at: now)
        guard status != .queued else { return }
        if training(target)?.status == .queued { beginTraining(target, at: now) }
        guard status != .inProgress else { return }
        endTraining(target, succeeded: status == .finished, at: now)
    }
}

/// A seeded source of chance: SplitMix64. The same seed gives the same draws on every machine.
struct BotRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// - Parameter name: What the draws are for, so that two bots of a scenario differ.
    init(seed: UInt64, name: String) {
        // FNV-1a, for Hasher differs from run to run.
        state = name.utf8.reduce(14_695_981_039_346_656_037 ^ seed) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A duration in scenario time.
    mutating func draw(_ takes: Scenario.Takes) -> Duration {
        switch takes {
        case .fixed(let duration):
            return duration
        case .logNormal(let median, let sigma):
            // Box and Muller's way to a normal deviate; its first uniform must not be 0.
            let (first, second) = (Double.random(in: 0x1p-53..<1, using: &self), Double.random(in: 0..<1, using: &self))
            let deviate = (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
            let milliseconds = Double(median.clampedMilliseconds) * exp(sigma * deviate)
            return .milliseconds(Int64(min(max(milliseconds, 0), 1e15)))
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
