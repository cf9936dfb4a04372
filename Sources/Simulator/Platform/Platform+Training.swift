/// Trainings. `bot`, also in targets, is a bot's id here.
extension Platform {
    func training(_ target: TrainingTarget) -> TrainingRecord? {
        bots[target.bot]?.trainings[target]
    }

    /// Starts a training, unless one of its target is queued or in progress, which then goes on.
    mutating func startTraining(_ training: Scenario.Training, of bot: String, at now: SimulatorTime) {
        let language = training.language ?? defaultLanguage(of: bot)
        let target = TrainingTarget(bot, engine: training.engine, language: language, state: training.state)
        let (queued, takes) = (draw(training.queued, of: bot), draw(training.takes, of: bot))
        guard let before = self.training(target), !before.isRunning, let runID = bots[bot]?.random.hexadecimal(24)
        else { return }
        bots[bot]?.trainings[target]?.queue(training, runID: runID, at: now)
        if queued != nil { logTraining(.trainingQueued, of: target, at: now) }
        _ = schedule(.training(target), number: before.number + 1, queued: queued, takes: takes, at: now)
    }

    mutating func beginTraining(_ target: TrainingTarget, at now: SimulatorTime) {
        bots[target.bot]?.trainings[target]?.start(at: now)
        logTraining(.trainingStarted, of: target, at: now)
    }

    mutating func endTraining(_ target: TrainingTarget, succeeded: Bool, at now: SimulatorTime) {
        bots[target.bot]?.trainings[target]?.end(succeeded: succeeded, at: now)
        logTraining(.trainingEnded, of: target, at: now)
    }

    /// Makes components out of sync with a target's model; replies about FAQ trainings do not show them.
    mutating func drift(_ components: [SyncComponent], of target: TrainingTarget, at now: SimulatorTime) {
        bots[target.bot]?.trainings[target]?.drift(components)
        log(.drifted, of: target, at: now) { $0.components = components }
    }

    /// Brings components back into sync without a training.
    mutating func sync(_ components: [SyncComponent], of target: TrainingTarget, at now: SimulatorTime) {
        bots[target.bot]?.trainings[target]?.sync(components)
        log(.synced, of: target, at: now) { $0.components = components }
    }

    /// Forgets the bot's trainings, exports and publishes.
    mutating func forget(bot: String, at now: SimulatorTime) {
        bots[bot]?.forget(at: now)
        log(.forgotten, of: bot, at: now)
    }

    private mutating func logTraining(_ kind: SimulatorEvent.Kind, of target: TrainingTarget, at now: SimulatorTime) {
        guard let record = training(target) else { return }
        log(kind, of: target, at: now) { event in
            event.runID = record.runID
            guard kind == .trainingEnded else { return }
            event.outcome = record.status == .finished ? "finished" : "failed"
            event.startedAt = record.startedAt
            event.nlpVersion = record.nlpVersion
            event.trainVersion = record.trainVersion
        }
    }

    private mutating func log(
        _ kind: SimulatorEvent.Kind,
        of target: TrainingTarget,
        at now: SimulatorTime,
        _ fill: (inout SimulatorEvent) -> Void
    ) {
        log(kind, of: target.bot, at: now) { event in
            event.engine = target.engine
            event.language = target.language
            event.state = target.state
            fill(&event)
        }
    }
}

extension Scenario.Training {
    /// A copy of the training for another target.
    func aimed(at target: Platform.TrainingTarget) -> Scenario.Training {
        var training = self
        training.engine = target.engine
        training.language = target.language
        training.state = target.state
        return training
    }
}

/// The platform's state of one training target: a state machine, which takes events and their times as arguments.
struct TrainingRecord: Run, Hashable {
    enum Status: Sendable, Hashable {
        case never
        case queued
        case inProgress
        case finished
        case failed
    }

    private(set) var status: Status = .never
    /// How the last run ended. A publish copies this, also while another run is under way.
    private(set) var settled: Status = .never
    private(set) var number = 0
    private(set) var runID = ""
    /// The `message` of the FAQ reply if the current or last run fails.
    private(set) var message: String?
    private(set) var outcome: Scenario.Training.Outcome = .finished
    private(set) var startedAt: SimulatorTime?
    let details: Scenario.TrainDetails
    private(set) var nlpVersion: Int
    private(set) var trainVersion: Int
    /// The `_id` of the FAQ reply.
    private(set) var documentID: String
    private(set) var modifiedOn: SimulatorTime
    /// The components whose flags are false.
    private(set) var outOfSync: Set<SyncComponent>
    /// Components that changed after the current run read its input, and stay out of sync when it ends.
    private var changedWhileRunning: Set<SyncComponent> = []

    /// A target that was never trained, with all flags false.
    init(documentID: String, components: [SyncComponent], details: Scenario.TrainDetails, at now: SimulatorTime) {
        self.documentID = documentID
        self.details = details
        nlpVersion = details == .rising ? 0 : 3
        trainVersion = nlpVersion
        modifiedOn = now
        outOfSync = Set(components)
    }

    var isQueued: Bool { status == .queued }
    var isInProgress: Bool { status == .inProgress }
    var willSucceed: Bool { outcome == .finished }

    /// - Parameter training: What was asked for.
    mutating func queue(_ training: Scenario.Training, runID: String, at now: SimulatorTime) {
        number += 1
        self.runID = runID
        outcome = training.outcome
        message = training.message
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

    /// Makes the model older than its language's NLP version.
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

    /// Becomes the published copy of `configured`. A run of the published version that is under way goes on.
    mutating func publish(_ configured: TrainingRecord, engine: Platform.Engine, at now: SimulatorTime) {
        nlpVersion = configured.nlpVersion
        trainVersion = configured.trainVersion
        outOfSync = configured.outOfSync
        modifiedOn = now
        // The platform answers that a published model which was never trained is finished, with every flag false.
        settled = engine == .ml && configured.settled == .never ? .finished : configured.settled
        if !isRunning { status = settled }
    }
}
