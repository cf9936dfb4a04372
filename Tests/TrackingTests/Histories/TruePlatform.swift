import KoreAI

/// The platform's training of one target, as it really is: what its status call answers at any time.
struct TruePlatform {
    let runs: [TrueRun]
    private let versionBefore: Int64
    private let hasFailedBefore: Bool
    /// When something of the bot is changed, and which component is then out of sync.
    private let changes: [(at: Int64, component: Int)]

    /// `isMlInSyncWith…` of these is in every reply; of the rest only in those of a finished training.
    static let alwaysTold = 2
    static let components = ["entity_node", "patterns", "synonyms", "traits"]

    init(_ dice: inout Dice, calledOff: Bool) {
        runs = TrueRun.several(&dice, calledOff: calledOff)
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
        if let run = run(at: time) {
            return run.began.map { $0 <= time } == true ? .inProgress : .queued
        }
        let last = runs.last { $0.outcome != .calledOff && $0.first <= time }
        return last.map { $0.outcome == .success } ?? !hasFailedBefore ? .finished : .failed
    }

    func version(at time: Int64) -> Int64 {
        versionBefore + Int64(runs.count { $0.outcome == .success && $0.ended.map { $0 <= time } == true })
    }

    /// When the status last changed, by the platform's clock, which is the true time.
    func modifiedOn(at time: Int64) -> Int64 {
        var last: Int64 = -100_000
        for run in runs where run.first <= time {
            for change in [run.queued, run.began, run.ended] {
                if let change, change <= time { last = max(last, change) }
            }
        }
        return last
    }

    /// What was changed since the last successful run read it is out of sync.
    func isInSync(_ component: Int, at time: Int64) -> Bool {
        let read = runs.last { $0.outcome == .success && $0.ended.map { $0 <= time } == true }?.began ?? -50_000
        return !changes.contains { $0.component == component && read < $0.at && $0.at <= time }
    }
}
