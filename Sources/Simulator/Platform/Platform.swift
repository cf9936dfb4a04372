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
    }

    let speed: Double
    /// What download links begin with, with no slash at the end. Known when the server has a port.
    var filesURL = ""
    /// By id.
    var bots: [String: BotRecord] = [:]
    /// The ids, in the scenario's order.
    let botIDs: [String]
    private let idsByName: [String: String]
    var agenda = Agenda<Due>()
    var log = EventLog()

    /// - Parameter scenario: A valid one; of bots with the same id the first counts.
    package init(scenario: Scenario, now: SimulatorTime) {
        speed = scenario.speed
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
        case .publish: publish(bot: bot, at: now)
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
        return bots[bot]?.lot.draw(takes).divided(bySpeed: speed)
    }
}
