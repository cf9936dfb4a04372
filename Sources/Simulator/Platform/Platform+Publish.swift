/// Publishes. Bots are named by id here.
extension Platform {
    /// Starts a publish, unless one runs or awaits its approval: then that one goes on.
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

    /// The publish that awaits its approval gets it.
    mutating func approvePublish(bot: String, at now: SimulatorTime) {
        guard var job = bots[bot]?.awaitedPublish else { return }
        job.status = .queued
        bots[bot]?.awaitedPublish = nil
        bots[bot]?.publish = job
        enqueuePublish(job, of: bot, at: now)
    }

    /// The publish that awaits its approval does not get it, and is gone.
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

    /// Ends the publish in progress. A successful one copies what is configured, trained or not, to what is published,
    /// and trains that unless it was told not to. One without the model leaves the published model as it is.
    ///
    /// - Parameter failedParts: `nil`: those that were planned to fail.
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

    /// Takes the published version away: the list of bots tells of it no more.
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

/// A publish of a bot: the one that runs or awaits its approval, or the last one.
struct PublishJob: Run, Hashable {
    enum Status: String, Sendable, Hashable {
        case awaitingApproval = "awaiting_approval"
        case queued
        case inProgress = "in_progress"
        case successful
        case failed
    }

    /// One part of `statusSummary`.
    struct Part: Sendable, Hashable {
        var type: String
        var failed = false
    }

    var id: String
    var number: Int
    var status = Status.queued
    /// What was asked for.
    var plan: Scenario.Publish
    /// How long it waits in the queue, in real time; `nil`: it does not wait.
    var queued: Duration?
    /// From the end of the wait, in real time; `nil`: until it is told to end.
    var takes: Duration?
    var comment = ""
    /// The id of the dialog that the reply to the start begins with.
    var dialogID: String
    var requestedAt: SimulatorTime
    /// When it began; a publish in the queue or that awaits approval has not.
    var initiatedAt: SimulatorTime?
    /// When it is going to end, for the progress. `nil`: not known.
    var endsAt: SimulatorTime?
    var endedAt: SimulatorTime?
    /// Empty until it has ended.
    var failedParts: [String] = []

    var isQueued: Bool { status == .queued }
    var isInProgress: Bool { status == .inProgress }
    var willSucceed: Bool { plan.outcome == .success }
    var publishesModel: Bool { plan.parts.contains("NL") && !failedParts.contains("NL") }

    /// The progress and the time it was reached.
    func progress(at now: SimulatorTime) -> (percent: Int, modifiedOn: SimulatorTime) {
        guard let initiatedAt else { return (0, requestedAt) }
        if let endedAt, status == .successful { return (100, endedAt) }
        // One that fails or hangs got stuck on the way.
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

    /// The parts that are done, in the order they are published. What comes after a failed one of a failed publish is
    /// not told.
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
