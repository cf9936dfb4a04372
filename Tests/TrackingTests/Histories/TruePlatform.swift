import KoreAI

/// The platform's training of one target, as it really is: what its status call answers at any time.
struct TruePlatform {
    /// What the versions of `trainDetails` are. No page says it.
    enum Versions: CaseIterable {
        /// The NLP version, the same on every reply.
        case constant
        /// Pages from before NLP version 3 have no `trainDetails`.
        case absent
        /// It rises with each success.
        case rising
    }

    let runs: [TrueRun]
    let versions: Versions
    /// Whether flags and versions are those of a run from its beginning on; otherwise from its end on, where it succeeds.
    let setsAtStart: Bool
    private let versionBefore: Int64
    private let hasFailedBefore: Bool
    /// When something of the bot is changed, and which component is then out of sync.
    private let changes: [(at: Int64, component: Int)]

    /// `isMlInSyncWith…` of these is in every reply; of the rest only in those of a finished training.
    static let alwaysTold = 2
    static let components = ["entity_node", "patterns", "synonyms", "traits"]

    init(_ dice: inout Dice) {
        runs = TrueRun.several(&dice)
        versions = Versions.allCases[Int(dice.roll(0, 2))]
        setsAtStart = dice.percent(30)
        versionBefore = dice.roll(0, 5)
        hasFailedBefore = dice.percent(20)
        var changes: [(at: Int64, component: Int)] = []
        for _ in 0..<dice.roll(0, 6) {
            changes.append((dice.roll(-60_000, 150_000), Int(dice.roll(0, 3))))
        }
        self.changes = changes
    }

    func run(at time: Int64) -> TrueRun? {
        runs.last { $0.first <= time && time < $0.ended ?? .max }
    }

    func status(at time: Int64) -> TrainingStatus {
        if let run = run(at: time) { return run.began <= time ? .inProgress : .queued }
        return runs.last { $0.first <= time }?.succeeds ?? !hasFailedBefore ? .finished : .failed
    }

    func version(at time: Int64) -> Int64? {
        switch versions {
        case .constant: 3
        case .absent: nil
        case .rising:
            versionBefore
                + runs.filter { setsAtStart ? $0.began <= time : hasSet($0, at: time) }.reduce(0) { $0 + $1.raise }
        }
    }

    /// Whether the run's flags and version are those of the model.
    private func hasSet(_ run: TrueRun, at time: Int64) -> Bool {
        if let ended = run.ended, ended <= time { return run.succeeds }
        return setsAtStart && run.began <= time
    }

    /// When the status last changed, by the platform's clock, which is the true time.
    func modifiedOn(at time: Int64) -> Int64 {
        let times = runs.flatMap { [$0.queued, $0.began, $0.ended] }.compactMap(\.self)
        return times.filter { $0 <= time }.max() ?? -100_000
    }

    /// What was changed since the model's run read it is out of sync.
    func isInSync(_ component: Int, at time: Int64) -> Bool {
        let read = runs.last { hasSet($0, at: time) }?.began ?? -50_000
        return !changes.contains { $0.component == component && read < $0.at && $0.at <= time }
    }
}
