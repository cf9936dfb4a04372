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
    var lot: Lot

    init(_ bot: Scenario.Bot, seed: UInt64, at now: SimulatorTime) {
        scenario = bot
        let documented = bot.syncFlags == .old ? SyncComponent.old : SyncComponent.whenFinished
        components = documented + bot.extraFlags.filter { !documented.contains($0) }
        lot = Lot(seed: seed, name: bot.id)
        forget(at: now)
        guard !bot.neverTrained else { return }
        for key in trainings.keys.sorted(by: Self.order) {
            // Some day before the simulator's start, so that the times of an old training are old.
            let age = Duration.milliseconds(Int64.random(in: 3_600_000...172_800_000, using: &lot))
            trainings[key]?.queue(runID: lot.hexadecimal(24), outcome: .finished, at: now - age)
            trainings[key]?.start(at: now - age)
            trainings[key]?.end(succeeded: true, at: now - age)
        }
    }

    /// Makes every target one that was never trained, and forgets the export.
    mutating func forget(at now: SimulatorTime) {
        export = nil
        exportStatusErrors = 0
        trainings = [:]
        for engine in Platform.Engine.allCases {
            for language in scenario.languages {
                for state in scenario.states {
                    trainings[Key(engine: engine, language: language, state: state)] = TrainingRecord(
                        documentID: lot.hexadecimal(24),
                        components: engine == .ml ? components : [],
                        at: now
                    )
                }
            }
        }
    }

    /// The flags that a reply has while the training is in this state.
    func flags(while status: TrainingRecord.Status) -> [SyncComponent] {
        if scenario.syncFlags == .old || status == .finished { return components }
        return SyncComponent.whileUnfinished
    }

    static func order(_ left: Key, _ right: Key) -> Bool {
        (left.engine.rawValue, left.language, left.state.rawValue)
            < (right.engine.rawValue, right.language, right.state.rawValue)
    }
}
