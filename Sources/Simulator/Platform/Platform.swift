/// The simulated platform: its bots and their runs. It is a value, which takes the time as an argument.
///
/// Nothing happens between calls: ``advance(to:)`` makes up for the time that has passed, and gives each event the time
/// at which it was due.
package struct Platform: Sendable {
    /// What is planned in the agenda. `bot` is a bot's id.
    enum Due: Sendable {
        case step(bot: String, index: Int)
        case approval(bot: String, number: Int)
        case start(Work, number: Int)
        case end(Work, number: Int)
    }

    /// Work that takes time. `bot` is a bot's id.
    enum Work: Sendable {
        case training(TrainingTarget)
        case export(bot: String)
        case publish(bot: String)
    }

    let speed: Double
    /// The beginning of download links, without a slash at the end; empty until the server has a port.
    var filesURL = ""
    /// By id.
    var bots: [String: BotRecord] = [:]
    /// The ids, in the scenario's order.
    let botIDs: [String]
    private let idsByName: [String: String]
    var botList: Scenario.BotList {
        didSet { emptyPages = botList.emptyPages }
    }
    /// How many more requests for a later page of the list of bots get an empty page.
    var emptyPages: Int
    var agenda = Agenda<Due>()
    var log = EventLog()

    /// - Parameter scenario: A valid scenario; of bots with the same id the first is used.
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

    /// The newest events, oldest first.
    package var events: [SimulatorEvent] { log.events }

    /// Lets everything happen that is due by `now`.
    package mutating func advance(to now: SimulatorTime) {
        while let (time, due) = agenda.next(dueBy: now) {
            switch due {
            case .step(let bot, let index): play(bot: bot, index: index, at: time)
            case .approval(let bot, let number):
                if bots[bot]?.awaitedPublish?.number == number { approvePublish(bot: bot, at: time) }
            case .start(let work, let number):
                if let run = run(of: work), run.number == number, run.isQueued { begin(work, at: time) }
            case .end(let work, let number):
                if let run = run(of: work), run.number == number, run.isInProgress {
                    end(work, succeeded: run.willSucceed, at: time)
                }
            }
        }
    }

    /// The run that is queued or in progress, or the last one.
    func run(of work: Work) -> (any Run)? {
        switch work {
        case .training(let target): training(target)
        case .export(let bot): bots[bot]?.export
        case .publish(let bot): bots[bot]?.publish
        }
    }

    /// Begins a run after its time in the queue, and plans its end.
    ///
    /// - Returns: When it is going to end; `nil` where that is not known.
    mutating func schedule(
        _ work: Work,
        number: Int,
        queued: Duration?,
        takes: Duration?,
        at now: SimulatorTime
    ) -> SimulatorTime? {
        let start = now + (queued ?? .zero)
        if queued != nil {
            agenda.add(.start(work, number: number), at: start)
        } else {
            begin(work, at: now)
        }
        guard let takes else { return nil }
        agenda.add(.end(work, number: number), at: start + takes)
        return start + takes
    }

    mutating func begin(_ work: Work, at now: SimulatorTime) {
        switch work {
        case .training(let target): beginTraining(target, at: now)
        case .export(let bot): beginExport(bot: bot, at: now)
        case .publish(let bot): beginPublish(bot: bot, at: now)
        }
    }

    /// - Parameter failedParts: The failed parts of a publish; `nil` for those of its plan.
    mutating func end(_ work: Work, succeeded: Bool, failedParts: [String]? = nil, at now: SimulatorTime) {
        switch work {
        case .training(let target): endTraining(target, succeeded: succeeded, at: now)
        case .export(let bot): endExport(bot: bot, succeeded: succeeded, at: now)
        case .publish(let bot): endPublish(bot: bot, succeeded: succeeded, failedParts: failedParts, at: now)
        }
    }

    private mutating func play(bot: String, index: Int, at now: SimulatorTime) {
        guard let step = bots[bot]?.scenario.timeline[index] else { return }
        if let every = step.every {
            // At least a millisecond later, because ``advance(to:)`` would not end otherwise.
            let next = max(now + every.divided(bySpeed: speed), now + .milliseconds(1))
            agenda.add(.step(bot: bot, index: index), at: next)
        }
        switch step.action {
        case .train(let training): startTraining(training, of: bot, at: now)
        case .drift(let drift):
            let language = drift.language ?? defaultLanguage(of: bot)
            let target = TrainingTarget(bot, language: language, state: drift.state)
            self.drift(drift.components, of: target, at: now)
        case .publish(let own):
            startPublish(own ?? bots[bot]?.scenario.onPublish ?? Scenario.Publish(), of: bot, at: now)
        case .dropFlags(let components): bots[bot]?.droppedFlags = Set(components)
        case .unpublish: unpublish(bot: bot, at: now)
        case .export(let export): startExport(export, of: bot, at: now)
        case .neverTrained: forget(bot: bot, at: now)
        }
    }

    func defaultLanguage(of bot: String) -> String {
        bots[bot]?.scenario.languages.first ?? ""
    }

    /// Draws how long something takes, in real time.
    mutating func draw(_ takes: Scenario.Takes?, of bot: String) -> Duration? {
        guard let takes else { return nil }
        return bots[bot]?.random.draw(takes, speed: speed)
    }

    mutating func log(
        _ kind: SimulatorEvent.Kind,
        of bot: String,
        at now: SimulatorTime,
        _ fill: (inout SimulatorEvent) -> Void = { _ in }
    ) {
        var event = SimulatorEvent(at: now, bot: bot, kind: kind)
        fill(&event)
        log.add(event)
    }
}

/// One training, export or publish.
protocol Run: Sendable {
    /// The number of the run, by which the agenda notices that another run has followed.
    var number: Int { get }
    var isQueued: Bool { get }
    var isInProgress: Bool { get }
    /// Whether it is planned to succeed.
    var willSucceed: Bool { get }
}

extension Run {
    var isRunning: Bool { isQueued || isInProgress }
}

extension Platform {
    /// The version of a bot, in the platform's words.
    package enum State: String, Word, Encodable {
        /// The version in development.
        case configured
        /// The version that customers use.
        case published
    }

    package enum Engine: String, Word, Encodable {
        case ml
        case faq
    }

    /// The status calls, by the exporter's names of its collectors.
    package enum Collector: String, Word, Encodable {
        case mlTraining = "ml_training"
        case faqTraining = "faq_training"
        case mlExport = "ml_export"
        case publish
    }

    /// One engine of one language of one version of a bot, which are trained together.
    package struct TrainingTarget: Sendable, Hashable {
        /// The bot's id or name.
        package var bot: String
        package var engine: Engine
        package var language: String
        package var state: State

        init(_ bot: String, engine: Engine = .ml, language: String = "en", state: State = .configured) {
            self.bot = bot
            self.engine = engine
            self.language = language
            self.state = state
        }
    }
}

extension Platform {
    /// The id of the bot with this id or name.
    func resolve(_ bot: String) throws(ControlError) -> String {
        guard let id = bots[bot] != nil ? bot : idsByName[bot] else {
            throw ControlError(message: "expected the id or name of a bot of the scenario, found \"\(bot)\"")
        }
        return id
    }

    /// The target with its bot's id, where the bot has such a target.
    func resolve(_ target: TrainingTarget) throws(ControlError) -> TrainingTarget {
        var resolved = target
        resolved.bot = try resolve(target.bot)
        guard training(resolved) != nil else {
            throw ControlError(
                message: "expected a language and a state that \(target.bot) has, "
                    + "found \(target.language) and \(target.state.rawValue)"
            )
        }
        return resolved
    }

    /// Ends the run that is queued or in progress.
    ///
    /// - Parameter name: The run's name in the error where nothing runs.
    mutating func end(
        _ work: Work,
        called name: String,
        succeeded: Bool,
        failedParts: [String] = [],
        at now: SimulatorTime
    ) throws(ControlError) {
        guard let run = run(of: work), run.isRunning else {
            throw ControlError(message: "expected \(name) that runs, found none; start it first")
        }
        if run.isQueued { begin(work, at: now) }
        end(work, succeeded: succeeded, failedParts: failedParts, at: now)
    }

    /// Brings a training to a status through the steps that lead there.
    mutating func setTraining(_ target: TrainingTarget, to status: Simulator.TrainingStatus, at now: SimulatorTime) {
        guard let before = training(target) else { return }
        if status == .queued, before.status == .inProgress {
            // A run gets back into the queue only by ending first.
            endTraining(target, succeeded: false, at: now)
        }
        // A wait of a thousand years, so until a control begins the run.
        let queued: Scenario.Takes? = status == .queued ? .real(.seconds(31_536_000_000)) : nil
        startTraining(Scenario.Training(queued: queued).aimed(at: target), of: target.bot, at: now)
        guard status != .queued else { return }
        if training(target)?.status == .queued { beginTraining(target, at: now) }
        guard status != .inProgress else { return }
        endTraining(target, succeeded: status == .finished, at: now)
    }
}
