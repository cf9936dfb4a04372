/// Trainings. Targets name their bots by id here.
extension Platform {
    /// How a run goes on by itself, in real time.
    struct TrainingPlan: Sendable {
        /// `nil`: not queued at all.
        var queued: Duration?
        /// `nil`: until it is told to end.
        var takes: Duration?
        var outcome: Scenario.Training.Outcome = .finished
        var message: String?
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
            outcome: training.outcome,
            message: training.message
        )
        startTraining(target, plan: plan, at: now)
    }

    /// Starts a run, unless one is queued or in progress: then that one goes on.
    mutating func startTraining(_ target: TrainingTarget, plan: TrainingPlan, at now: SimulatorTime) {
        guard let before = training(target), !before.isRunning, let runID = bots[target.bot]?.random.hexadecimal(24)
        else { return }
        bots[target.bot]?.trainings[target.key]?.queue(
            runID: runID,
            outcome: plan.outcome,
            message: plan.message,
            at: now
        )
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

    /// Forgets that the bot was ever trained, exported or published.
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

/// What the platform knows of one training target. A state machine: it is told what happens and when.
struct TrainingRecord: Sendable, Hashable {
    enum Status: Sendable, Hashable {
        case never
        case queued
        case inProgress
        case finished
        case failed
    }

    private(set) var status: Status = .never
    /// How the last run ended, which a running one does not hide from publishing.
    private(set) var settled: Status = .never
    /// Counts runs, so that a planned end can tell that its run is no longer the current one.
    private(set) var run = 0
    private(set) var runID = ""
    /// Of the current or last run, should it fail.
    private(set) var message: String?
    private(set) var outcome: Scenario.Training.Outcome = .finished
    private(set) var startedAt: SimulatorTime?
    let details: Scenario.TrainDetails
    private(set) var nlpVersion: Int
    private(set) var trainVersion: Int
    /// Of the FAQ reply.
    private(set) var documentID: String
    private(set) var modifiedOn: SimulatorTime
    /// The components whose flags are false.
    private(set) var outOfSync: Set<SyncComponent>
    /// Changed after the current run read its input: still out of sync when it has finished.
    private var changedWhileRunning: Set<SyncComponent> = []

    /// A target that was never trained: all its flags are false.
    init(
        documentID: String,
        components: [SyncComponent],
        details: Scenario.TrainDetails = .constant,
        at now: SimulatorTime
    ) {
        self.documentID = documentID
        self.details = details
        nlpVersion = details == .rising ? 0 : 3
        trainVersion = nlpVersion
        modifiedOn = now
        outOfSync = Set(components)
    }

    var isRunning: Bool { status == .queued || status == .inProgress }

    mutating func queue(
        runID: String,
        outcome: Scenario.Training.Outcome,
        message: String? = nil,
        at now: SimulatorTime
    ) {
        run += 1
        self.runID = runID
        self.outcome = outcome
        self.message = message
        status = .queued
        startedAt = nil
        modifiedOn = now
        changedWhileRunning = []
    }

    mutating func start(at now: SimulatorTime) {
        status = .inProgress
        startedAt = now
        modifiedOn = now
        changedWhileRunning = []
    }

    mutating func end(succeeded: Bool, at now: SimulatorTime) {
        status = succeeded ? .finished : .failed
        settled = status
        modifiedOn = now
        guard succeeded else { return }
        if details == .rising { nlpVersion += 1 }
        trainVersion = nlpVersion
        outOfSync = changedWhileRunning
    }

    /// The language's NLP version has risen since the model was trained.
    mutating func outdate() {
        trainVersion = nlpVersion - 1
    }

    mutating func drift(_ components: [SyncComponent]) {
        outOfSync.formUnion(components)
        if status == .inProgress { changedWhileRunning.formUnion(components) }
    }

    mutating func sync(_ components: [SyncComponent]) {
        outOfSync.subtract(components)
        changedWhileRunning.subtract(components)
    }

    /// Becomes the published copy of `configured`. A run of its own that is under way goes on.
    mutating func publish(_ configured: TrainingRecord, engine: Platform.Engine, at now: SimulatorTime) {
        nlpVersion = configured.nlpVersion
        trainVersion = configured.trainVersion
        outOfSync = configured.outOfSync
        modifiedOn = now
        // A published model that was never trained answers as finished, with every flag false.
        settled = engine == .ml && configured.settled == .never ? .finished : configured.settled
        if !isRunning { status = settled }
    }
}
