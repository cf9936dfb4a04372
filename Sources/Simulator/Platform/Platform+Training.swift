/// Trainings. Targets name their bots by id here.
extension Platform {
    /// How a run goes on by itself, in real time.
    struct TrainingPlan: Sendable {
        /// `nil`: not queued at all.
        var queued: Duration?
        /// `nil`: until it is told to end.
        var takes: Duration?
        var outcome: Scenario.Training.Outcome = .finished
    }

    func training(_ target: TrainingTarget) -> TrainingRecord? {
        bots[target.bot]?.trainings[target.key]
    }

    mutating func startTraining(_ training: Scenario.Training, of bot: String, at now: SimulatorTime) {
        let target = TrainingTarget(
            bot,
            engine: training.engine,
            language: training.language ?? defaultLanguage(of: bot),
            state: training.state
        )
        let plan = TrainingPlan(
            queued: draw(training.queued, of: bot),
            takes: draw(training.takes, of: bot),
            outcome: training.outcome
        )
        startTraining(target, plan: plan, at: now)
    }

    /// Starts a run, unless one is queued or in progress: then that one goes on.
    mutating func startTraining(_ target: TrainingTarget, plan: TrainingPlan, at now: SimulatorTime) {
        guard let before = training(target), !before.isRunning, let runID = bots[target.bot]?.lot.hexadecimal(24)
        else { return }
        bots[target.bot]?.trainings[target.key]?.queue(runID: runID, outcome: plan.outcome, at: now)
        let run = before.run + 1
        let start = now + (plan.queued ?? .zero)
        if plan.queued != nil {
            logTraining(.trainingQueued, of: target, at: now)
            agenda.add(.trainingStart(target, run: run), at: start)
        } else {
            beginTraining(target, at: now)
        }
        if let takes = plan.takes { agenda.add(.trainingEnd(target, run: run), at: start + takes) }
    }

    /// The run in the queue gets its turn.
    mutating func beginTraining(_ target: TrainingTarget, at now: SimulatorTime) {
        bots[target.bot]?.trainings[target.key]?.start(at: now)
        logTraining(.trainingStarted, of: target, at: now)
    }

    /// Ends the run in progress.
    mutating func endTraining(_ target: TrainingTarget, succeeded: Bool, at now: SimulatorTime) {
        bots[target.bot]?.trainings[target.key]?.end(succeeded: succeeded, at: now)
        logTraining(.trainingEnded, of: target, at: now)
    }

    /// Makes components of a model out of sync; an FAQ training has none.
    mutating func drift(_ components: [SyncComponent], of target: TrainingTarget, at now: SimulatorTime) {
        bots[target.bot]?.trainings[target.key]?.drift(components)
        logSync(.drifted, components, of: target, at: now)
    }

    /// Brings components back into sync without a training.
    mutating func sync(_ components: [SyncComponent], of target: TrainingTarget, at now: SimulatorTime) {
        bots[target.bot]?.trainings[target.key]?.sync(components)
        logSync(.synced, components, of: target, at: now)
    }

    /// Copies what is configured, trained or not, to what is published.
    mutating func publish(bot: String, at now: SimulatorTime) {
        guard let record = bots[bot] else { return }
        for key in record.trainings.keys where key.state == .published {
            let source = BotRecord.Key(engine: key.engine, language: key.language, state: .configured)
            guard let configured = record.trainings[source] else { continue }
            bots[bot]?.trainings[key]?.publish(configured, engine: key.engine, at: now)
        }
        log.add(SimulatorEvent(at: now, bot: bot, kind: .published))
    }

    /// Forgets that the bot was ever trained or exported.
    mutating func forget(bot: String, at now: SimulatorTime) {
        bots[bot]?.forget(at: now)
        log.add(SimulatorEvent(at: now, bot: bot, kind: .forgotten))
    }

    private mutating func logTraining(
        _ kind: SimulatorEvent.Kind,
        of target: TrainingTarget,
        at now: SimulatorTime
    ) {
        guard let record = training(target) else { return }
        var event = SimulatorEvent(at: now, bot: target.bot, kind: kind)
        event.engine = target.engine
        event.language = target.language
        event.state = target.state
        event.runID = record.runID
        if kind == .trainingEnded {
            event.outcome = record.status == .finished ? "finished" : "failed"
            event.startedAt = record.startedAt
            event.nlpVersion = record.nlpVersion
            event.trainVersion = record.trainVersion
        }
        log.add(event)
    }

    private mutating func logSync(
        _ kind: SimulatorEvent.Kind,
        _ components: [SyncComponent],
        of target: TrainingTarget,
        at now: SimulatorTime
    ) {
        var event = SimulatorEvent(at: now, bot: target.bot, kind: kind)
        event.engine = target.engine
        event.language = target.language
        event.state = target.state
        event.components = components
        log.add(event)
    }
}

extension Platform.TrainingTarget {
    /// The target within its bot.
    var key: BotRecord.Key {
        BotRecord.Key(engine: engine, language: language, state: state)
    }
}
