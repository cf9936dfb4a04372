package import Exposition
package import KoreAI

/// What is known of one target: what its replies said and what happened between them.
///
/// A value: it takes the time as an argument, asks nobody and does nothing.
package struct TargetTracker: Sendable, Hashable {
    enum Knowledge: Hashable {
        case training(TrainingTracker)
        case export(ExportTracker)
        /// Only while a reply is taken in: so the arrays within what is known have one owner and are not copied.
        case taken
    }

    package let target: Target
    /// When the last good reply came; `nil` before the first one.
    package internal(set) var lastSuccess: Timestamp?
    var knowledge: Knowledge
    /// Whether the last good reply is young enough to be shown.
    var isShown = false

    package init(_ target: Target) {
        self.target = target
        switch target {
        case .training(_, let engine, _, _): knowledge = .training(TrainingTracker(engine: engine))
        case .export: knowledge = .export(ExportTracker())
        }
    }

    /// Takes in a good reply. One of another collector's is ignored.
    ///
    /// - Returns: The runs or jobs that ended since the last reply, in their order.
    package mutating func observe(_ observation: Observation, at now: Moment) -> [EndedRun] {
        guard observation.collector == target.collector else { return [] }
        let ended: [EndedRun]
        switch (take(), observation) {
        case (.training(var training), .mlTraining(let reply)):
            ended = training.observe(reply, at: now)
            knowledge = .training(training)
        case (.training(var training), .faqTraining(let reply)):
            ended = training.observe(reply, at: now)
            knowledge = .training(training)
        case (.export(var export), .mlExport(let reply)):
            ended = export.observe(reply, at: now)
            knowledge = .export(export)
        case (let other, _):
            knowledge = other
            return []
        }
        isShown = true
        lastSuccess = now.wall
        return ended
    }

    mutating func take() -> Knowledge {
        defer { knowledge = .taken }
        return knowledge
    }

    /// Shows nothing until the next good reply, because the last one is too old. What is known stays known.
    package mutating func expire() {
        isShown = false
    }

    /// What the last good reply said, while it is young enough to be shown.
    enum ShownStatus: Hashable {
        case training(TrainingStatus)
        case export(ExportStatus)
    }

    var shownStatus: ShownStatus? {
        guard isShown else { return nil }
        switch knowledge {
        case .training(let training): return training.status.map(ShownStatus.training)
        case .export(let export): return (export.reply?.status).map(ShownStatus.export)
        case .taken: return nil
        }
    }

    /// When the last reply came that was believed and whose status is known.
    package var lastSeen: Moment? {
        switch knowledge {
        case .training(let training): training.runs.lastSeen
        case .export(let export): export.jobs.lastSeen
        case .taken: nil
        }
    }

    /// Components of the bot that are out of sync with its model.
    package var driftingComponents: Int {
        switch knowledge {
        case .training(let training) where isShown: training.drifts.drifts.count { $0.since != nil }
        case .training, .export, .taken: 0
        }
    }

    /// The target's domain series: for every family of its collector, with no samples where nothing is known.
    package func families() -> [FamilySamples] {
        let families: [FamilySamples]
        switch (target, knowledge) {
        case (.training(let bot, _, let language, let state), .training(let training)):
            families = training.families(bot: bot, language: language, state: state.rawValue)
        case (.export(let bot), .export(let export)):
            families = export.families(bot: bot)
        case (.training, .export), (.export, .training), (_, .taken):
            families = []
        }
        return isShown ? families : families.map { FamilySamples($0.family, group: $0.group, []) }
    }
}
