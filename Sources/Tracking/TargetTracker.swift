package import Exposition
package import KoreAI
package import Model

/// The state of one target: what its replies said, and what happened between them.
///
/// A value: it takes the time as an argument.
package struct TargetTracker: Sendable, Hashable {
    enum Knowledge: Hashable {
        case training(TrainingTracker)
        case export(ExportTracker)
        case publish(PublishTracker)
    }

    private static let blank = Knowledge.export(ExportTracker())

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
        case .publish: knowledge = .publish(PublishTracker())
        }
    }

    /// Takes in a good reply. One of another collector's is ignored.
    ///
    /// - Returns: The runs or jobs that ended since the last reply, in their order.
    package mutating func observe(_ observation: Observation, at now: ClockReading) -> [EndedRun] {
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
        case (.publish(var publish), .publish(let reply)):
            ended = publish.observe(reply, at: now)
            knowledge = .publish(publish)
        case (let other, _):
            knowledge = other
            return []
        }
        isShown = true
        lastSuccess = now.wall
        return ended
    }

    /// The platform took a training that the exporter started, when nothing was known to be under way. An export's own
    /// replies have its id.
    ///
    /// - Parameter id: Fit to be shown.
    package mutating func started(id: String) {
        guard case .training = knowledge, case .training(var training) = take() else { return }
        training.runs.started(id: id)
        knowledge = .training(training)
    }

    /// Takes out what is known, for it to be changed and put back: its arrays then have one owner and are not copied.
    mutating func take() -> Knowledge {
        defer { knowledge = Self.blank }
        return knowledge
    }

    /// Shows nothing until the next good reply, because the last one is too old. What is known stays known.
    package mutating func expire() {
        isShown = false
    }

    /// The status of the last good reply, while it is young enough to be shown.
    enum ShownStatus: Hashable {
        case training(TrainingStatus)
        case job(JobStatus)
    }

    var shownStatus: ShownStatus? {
        guard isShown else { return nil }
        switch knowledge {
        case .training(let training): return training.status.map(ShownStatus.training)
        case .export(let export): return (export.reply?.status).map(ShownStatus.job)
        case .publish(let publish): return (publish.reply?.status).map(ShownStatus.job)
        }
    }

    /// When the last reply came that was believed and whose status is known.
    package var lastSeen: ClockReading? {
        switch knowledge {
        case .training(let training): training.runs.lastSeen
        case .export(let export): export.jobs.lastSeen
        case .publish(let publish): publish.jobs.lastSeen
        }
    }

    /// When the status last changed, as an FAQ reply told; `nil` where none did.
    package var modifiedOn: Timestamp? {
        if case .training(let training) = knowledge { training.runs.modifiedOn } else { nil }
    }

    /// The latest job as the last reply told of it; `nil` for a training.
    var job: JobReading? {
        switch knowledge {
        case .export(let export): export.reply.map { JobReading($0) }
        case .publish(let publish): publish.reply.map { JobReading($0) }
        case .training: nil
        }
    }

    /// The id of the latest job, as the platform wrote it; `nil` for a training.
    package var jobID: String? {
        switch knowledge {
        case .export(let export): export.jobs.job?.identity.id
        case .publish(let publish): publish.jobs.job?.identity.id
        case .training: nil
        }
    }

    /// Components of the bot that are out of sync with its model.
    package var driftingComponents: Int {
        switch knowledge {
        case .training(let training) where isShown: training.drifts.drifts.count { $0.since != nil }
        case .training, .export, .publish: 0
        }
    }

    /// The flags of a reply that was just taken in which are not followed, because the target has as many components as the
    /// contract allows.
    package func flagsWithoutPlace(in observation: Observation) -> [UnrecognizedValue] {
        guard case .training(let training) = knowledge, case .mlTraining(let reply) = observation else { return [] }
        return training.drifts.withoutPlace(reply.syncFlags).map {
            UnrecognizedValue(field: SyncFlag.keyPrefix, found: String("one flag too many: \($0.component)".prefix(64)))
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
        case (.publish(let bot), .publish(let publish)):
            families = publish.families(bot: bot)
        case (.training, _), (.export, _), (.publish, _):
            families = []
        }
        return isShown ? families : families.map { FamilySamples($0.family, group: $0.group, []) }
    }
}

/// The health of a target by its last replies.
package enum Health: String, Sendable, Hashable, CaseIterable {
    /// Nothing is known, or what is known is too old to be shown.
    case unknown
    /// The last run or job ended well.
    case fine
    /// Something is queued or running.
    case active
    /// The last run or job ended badly.
    case failed
}

extension TargetTracker {
    package var health: Health {
        switch shownStatus {
        case .training(.queued), .training(.inProgress), .job(.pending), .job(.inProgress): .active
        case .training(.finished), .job(.success): .fine
        case .training(.failed), .job(.failed): .failed
        case .training(.unknown), .job(.unknown), nil: .unknown
        }
    }

    /// Whether the platform answers, and what it answers is that nothing of the kind ever ran: a reply without a status,
    /// a time, a version or a flag.
    package var isBlank: Bool {
        guard isShown else { return false }
        switch knowledge {
        case .training(let training):
            return training.status == .unknown && training.runs.lastCompletion == nil && training.runs.version == nil
                && training.drifts.drifts.isEmpty
        case .export, .publish:
            return job.map { $0.status == .unknown && $0.id == nil && $0.lastModified == nil } ?? false
        }
    }
}

extension TargetTracker {
    /// Whether the domain series equal the other's, so that nothing has to be rendered anew: after most polls only times
    /// have changed that no series shows.
    package func showsSame(as other: TargetTracker) -> Bool {
        guard isShown == other.isShown else { return false }
        switch (knowledge, other.knowledge) {
        case (.training(let training), .training(let otherTraining)): return training.showsSame(as: otherTraining)
        case (.export(let export), .export(let otherExport)): return export.showsSame(as: otherExport)
        case (.publish(let publish), .publish(let otherPublish)): return publish.showsSame(as: otherPublish)
        case (.training, _), (.export, _), (.publish, _): return false
        }
    }
}

extension TrainingTracker {
    fileprivate func showsSame(as other: TrainingTracker) -> Bool {
        status == other.status && runs.lastStart == other.runs.lastStart
            && runs.lastCompletion == other.runs.lastCompletion && runs.lastSuccess == other.runs.lastSuccess
            && totals == other.totals && drifts == other.drifts && nlpVersion == other.nlpVersion
            && runs.version == other.runs.version
    }
}

extension PublishTracker {
    fileprivate func showsSame(as other: PublishTracker) -> Bool {
        reply == other.reply && last == other.last && lastSuccess == other.lastSuccess && totals == other.totals
    }
}

extension ExportTracker {
    fileprivate func showsSame(as other: ExportTracker) -> Bool {
        reply == other.reply && lastDuration == other.lastDuration && totals == other.totals
    }
}

extension TargetTracker {
    /// Everything that is known of the target, for ``init(_:stored:)``; its name and secrets are not in it.
    package var stored: [UInt8] {
        var writer = FieldWriter()
        if let lastSuccess { writer.write(1, lastSuccess) }
        writer.write(2, isShown)
        switch knowledge {
        case .training(let training): writer.write(3) { training.write(to: &$0) }
        case .export(let export): writer.write(4, export)
        case .publish(let publish): writer.write(5, publish)
        }
        return writer.sealed()
    }

    /// The target as it was when its ``stored`` form was taken.
    ///
    /// - Throws: Where the bytes were changed since, are in a newer form, or are another kind of target's.
    package init(_ target: Target, stored: [UInt8]) throws(StoredFormError) {
        self.init(target)
        var reader = try FieldReader(sealed: stored)
        while let field = try reader.next() {
            switch (field.number, knowledge) {
            case (1, _): lastSuccess = try field.timestamp()
            case (2, _): isShown = try field.bool()
            case (3, .training(let training)):
                knowledge = .training(try TrainingTracker(from: field.message(), engine: training.engine))
            case (4, .export): knowledge = .export(try field.stored())
            case (5, .publish): knowledge = .publish(try field.stored())
            case (3...5, _): throw StoredFormError("it is that of another kind of target")
            default: break
            }
        }
    }
}
