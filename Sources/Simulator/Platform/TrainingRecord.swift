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
    private(set) var outcome: Scenario.Training.Outcome = .finished
    private(set) var startedAt: SimulatorTime?
    private(set) var nlpVersion = 0
    private(set) var trainVersion = 0
    /// Of the FAQ reply.
    private(set) var documentID: String
    private(set) var modifiedOn: SimulatorTime
    /// The components whose flags are false.
    private(set) var outOfSync: Set<SyncComponent>
    /// Changed after the current run read its input: still out of sync when it has finished.
    private var changedWhileRunning: Set<SyncComponent> = []

    /// A target that was never trained: all its flags are false.
    init(documentID: String, components: [SyncComponent], at now: SimulatorTime) {
        self.documentID = documentID
        modifiedOn = now
        outOfSync = Set(components)
    }

    var isRunning: Bool { status == .queued || status == .inProgress }

    mutating func queue(runID: String, outcome: Scenario.Training.Outcome, at now: SimulatorTime) {
        run += 1
        self.runID = runID
        self.outcome = outcome
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
        nlpVersion += 1
        trainVersion += 1
        outOfSync = changedWhileRunning
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
