/// Publishes. `bot` is a bot's id here.
extension Platform {
    /// Starts a publish, unless one runs or awaits approval, which then goes on.
    mutating func startPublish(_ publish: Scenario.Publish, of bot: String, comment: String = "", at now: SimulatorTime)
    {
        let (queued, takes) = (draw(publish.queued, of: bot), draw(publish.takes, of: bot))
        let approvedAfter = draw(publish.approvedAfter, of: bot)
        guard var record = bots[bot], record.publish?.isRunning != true, record.awaitedPublish == nil else { return }
        record.publishCount += 1
        let job = PublishJob(
            id: "ds-\(record.random.uuid())",
            number: record.publishCount,
            status: publish.needsApproval ? .awaitingApproval : .queued,
            plan: publish,
            queued: queued,
            takes: takes,
            comment: comment,
            dialogID: "dg-\(record.random.uuid())",
            requestedAt: now
        )
        if publish.needsApproval { record.awaitedPublish = job } else { record.publish = job }
        bots[bot] = record
        logPublish(.publishRequested, job, of: bot, at: now)
        if !publish.needsApproval {
            enqueuePublish(job, of: bot, at: now)
        } else if let approvedAfter {
            agenda.add(.approval(bot: bot, number: job.number), at: now + approvedAfter)
        }
    }

    /// Approves the publish that awaits approval.
    mutating func approvePublish(bot: String, at now: SimulatorTime) {
        guard var job = bots[bot]?.awaitedPublish else { return }
        job.status = .queued
        bots[bot]?.awaitedPublish = nil
        bots[bot]?.publish = job
        enqueuePublish(job, of: bot, at: now)
    }

    /// Rejects the publish that awaits approval, which is then gone.
    mutating func rejectPublish(bot: String, at now: SimulatorTime) {
        guard let job = bots[bot]?.awaitedPublish else { return }
        bots[bot]?.awaitedPublish = nil
        logPublish(.publishRejected, job, of: bot, at: now)
    }

    private mutating func enqueuePublish(_ job: PublishJob, of bot: String, at now: SimulatorTime) {
        let end = schedule(.publish(bot: bot), number: job.number, queued: job.queued, takes: job.takes, at: now)
        bots[bot]?.publish?.endsAt = end
    }

    mutating func beginPublish(bot: String, at now: SimulatorTime) {
        bots[bot]?.publish?.status = .inProgress
        bots[bot]?.publish?.initiatedAt = now
        if let job = bots[bot]?.publish { logPublish(.publishStarted, job, of: bot, at: now) }
    }

    /// Ends the publish in progress. A successful one copies the configured model, trained or not, to the published
    /// version, and trains that unless `trains` is false. Without the part `NL` the published model stays as it is.
    ///
    /// - Parameter failedParts: The parts that fail; `nil` for those of the plan.
    mutating func endPublish(bot: String, succeeded: Bool, failedParts: [String]? = nil, at now: SimulatorTime) {
        guard var job = bots[bot]?.publish else { return }
        job.status = succeeded ? .successful : .failed
        job.endedAt = now
        job.failedParts = failedParts ?? job.plan.failedParts
        bots[bot]?.publish = job
        logPublish(.publishEnded, job, of: bot, at: now)
        guard succeeded else { return }
        bots[bot]?.setPublished(true, at: now)
        guard job.publishesModel, let record = bots[bot] else { return }
        let published = record.trainings.keys.filter { $0.state == .published }.sorted(by: BotRecord.order)
        for target in published {
            let source = TrainingTarget(bot, engine: target.engine, language: target.language, state: .configured)
            guard let configured = record.trainings[source] else { continue }
            bots[bot]?.trainings[target]?.publish(configured, engine: target.engine, at: now)
        }
        guard job.plan.trains else { return }
        for target in published where target.engine == .ml {
            startTraining(record.scenario.onTrain.aimed(at: target), of: bot, at: now)
        }
    }

    /// Removes the published version, so that the list of bots no longer shows one.
    mutating func unpublish(bot: String, at now: SimulatorTime) {
        bots[bot]?.setPublished(false, at: now)
        log(.unpublished, of: bot, at: now)
    }

    private mutating func logPublish(
        _ kind: SimulatorEvent.Kind,
        _ job: PublishJob,
        of bot: String,
        at now: SimulatorTime
    ) {
        log(kind, of: bot, at: now) { event in
            event.runID = job.id
            if kind == .publishRequested, job.status == .awaitingApproval { event.outcome = job.status.rawValue }
            guard kind == .publishEnded else { return }
            event.outcome = job.status == .successful ? "success" : "failed"
            event.startedAt = job.initiatedAt
            event.failedParts = job.failedParts
        }
    }
}

/// A publish of a bot: the one that runs or awaits approval, or the last one.
struct PublishJob: Run, Hashable {
    enum Status: String, Sendable, Hashable {
        case awaitingApproval = "awaiting_approval"
        case queued
        case inProgress = "in_progress"
        case successful
        case failed
    }

    /// One part in `statusSummary`.
    struct Part: Sendable, Hashable {
        var type: String
        var failed = false
    }

    var id: String
    var number: Int
    var status = Status.queued
    /// What was asked for.
    var plan: Scenario.Publish
    /// How long it is in the queue, in real time; `nil` for not at all.
    var queued: Duration?
    /// How long it runs after the queue, in real time; `nil` until a control ends it.
    var takes: Duration?
    var comment = ""
    /// The id of the dialog, which comes first in the reply to the start.
    var dialogID: String
    var requestedAt: SimulatorTime
    /// When it began to run; `nil` in the queue and before approval.
    var initiatedAt: SimulatorTime?
    /// When it is going to end, for its progress; `nil` where that is not known.
    var endsAt: SimulatorTime?
    var endedAt: SimulatorTime?
    /// Empty until it has ended.
    var failedParts: [String] = []

    var isQueued: Bool { status == .queued }
    var isInProgress: Bool { status == .inProgress }
    var willSucceed: Bool { plan.outcome == .success }
    var publishesModel: Bool { plan.parts.contains("NL") && !failedParts.contains("NL") }

    /// The progress in percent, and the time at which it was reached.
    func progress(at now: SimulatorTime) -> (percent: Int, modifiedOn: SimulatorTime) {
        guard let initiatedAt else { return (0, requestedAt) }
        if let endedAt, status == .successful { return (100, endedAt) }
        // A publish that fails or hangs does not get beyond this.
        let ceiling = willSucceed ? 99 : 42
        var (percent, reachedOn) = (0, initiatedAt)
        if let endsAt, endsAt > initiatedAt {
            let length = endsAt.milliseconds - initiatedAt.milliseconds
            let elapsed = min(max((endedAt ?? now).milliseconds - initiatedAt.milliseconds, 0), length)
            percent = min(Int(elapsed * 100 / length), ceiling)
            reachedOn = initiatedAt + .milliseconds(length * Int64(percent) / 100)
        }
        return (percent, endedAt ?? reachedOn)
    }

    /// The finished parts in publishing order; a failed publish leaves out what follows the last failed part.
    func summary(at now: SimulatorTime) -> [Part] {
        switch status {
        case .awaitingApproval, .queued: return []
        case .inProgress:
            return plan.parts.prefix(plan.parts.count * progress(at: now).percent / 100).map { Part(type: $0) }
        case .successful: return plan.parts.map { Part(type: $0, failed: failedParts.contains($0)) }
        case .failed:
            let unknown = failedParts.filter { !plan.parts.contains($0) }.map { Part(type: $0, failed: true) }
            let last = plan.parts.lastIndex(where: failedParts.contains) ?? plan.parts.count / 2 - 1
            return plan.parts.prefix(last + 1).map { Part(type: $0, failed: failedParts.contains($0)) } + unknown
        }
    }
}
