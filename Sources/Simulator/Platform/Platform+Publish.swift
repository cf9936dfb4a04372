/// Publishes. Bots are named by id here.
extension Platform {
    /// How a publish goes on by itself, in real time.
    struct PublishPlan: Sendable, Hashable {
        /// `nil`: not queued at all.
        var queued: Duration?
        /// `nil`: until it is told to end.
        var takes: Duration?
        var outcome: Scenario.Publish.Outcome = .success
        var parts = Scenario.Publish.documentedParts
        var failedParts: [String] = []
        /// Whether the published version is trained after it.
        var trains = true
        var needsApproval = false
        /// `nil`: until it is approved.
        var approvedAfter: Duration?
        var awaiting = Scenario.Publish.Awaiting.last
    }

    mutating func startPublish(
        _ publish: Scenario.Publish,
        of bot: String,
        trains: Bool? = nil,
        comment: String = "",
        at now: SimulatorTime
    ) {
        let plan = PublishPlan(
            queued: draw(publish.queued, of: bot),
            takes: draw(publish.takes, of: bot),
            outcome: publish.outcome,
            parts: publish.parts,
            failedParts: publish.failedParts,
            trains: trains ?? publish.trains,
            needsApproval: publish.needsApproval,
            approvedAfter: draw(publish.approvedAfter, of: bot),
            awaiting: publish.awaiting
        )
        startPublish(of: bot, plan: plan, comment: comment, at: now)
    }

    /// Starts a publish, unless one runs or awaits its approval: then that one goes on.
    mutating func startPublish(of bot: String, plan: PublishPlan, comment: String, at now: SimulatorTime) {
        guard var record = bots[bot], record.publish?.isRunning != true, record.awaitedPublish == nil else { return }
        record.publishCount += 1
        var job = PublishJob(
            id: "ds-\(record.random.uuid())",
            number: record.publishCount,
            plan: plan,
            comment: comment,
            dialogID: "dg-\(record.random.uuid())",
            requestedAt: now
        )
        if plan.needsApproval { job.status = .awaitingApproval }
        if plan.needsApproval { record.awaitedPublish = job } else { record.publish = job }
        bots[bot] = record
        logPublish(.publishRequested, job, of: bot, at: now)
        guard !plan.needsApproval else {
            if let wait = plan.approvedAfter {
                agenda.add(.publishApproval(bot: bot, number: job.number), at: now + wait)
            }
            return
        }
        enqueuePublish(job, of: bot, at: now)
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
        let start = now + (job.plan.queued ?? .zero)
        if job.plan.queued != nil {
            agenda.add(.publishStart(bot: bot, number: job.number), at: start)
        } else {
            beginPublish(bot: bot, at: now)
        }
        if let takes = job.plan.takes {
            bots[bot]?.publish?.endsAt = start + takes
            agenda.add(.publishEnd(bot: bot, number: job.number), at: start + takes)
        }
    }

    /// The publish in the queue gets its turn.
    mutating func beginPublish(bot: String, at now: SimulatorTime) {
        bots[bot]?.publish?.status = .inProgress
        bots[bot]?.publish?.initiatedAt = now
        if let job = bots[bot]?.publish { logPublish(.publishStarted, job, of: bot, at: now) }
    }

    /// Ends the publish in progress. A successful one copies what is configured, trained or not, to what is published,
    /// and trains that unless it was told not to. One without the model leaves the published model as it is.
    mutating func endPublish(bot: String, succeeded: Bool, failedParts: [String], at now: SimulatorTime) {
        guard var job = bots[bot]?.publish else { return }
        job.status = succeeded ? .successful : .failed
        job.endedAt = now
        job.failedParts = failedParts
        bots[bot]?.publish = job
        logPublish(.publishEnded, job, of: bot, at: now)
        guard succeeded else { return }
        bots[bot]?.setPublished(true, at: now)
        guard job.publishesModel, let record = bots[bot] else { return }
        let published = record.trainings.keys.filter { $0.state == .published }.sorted(by: BotRecord.order)
        for key in published {
            let source = BotRecord.Key(engine: key.engine, language: key.language, state: .configured)
            guard let configured = record.trainings[source] else { continue }
            bots[bot]?.trainings[key]?.publish(configured, engine: key.engine, at: now)
        }
        guard job.plan.trains else { return }
        for key in published where key.engine == .ml {
            var training = record.scenario.onTrain
            training.engine = .ml
            training.language = key.language
            training.state = .published
            startTraining(training, of: bot, at: now)
        }
    }

    /// Takes the published version away: the list of bots tells of it no more.
    mutating func unpublish(bot: String, at now: SimulatorTime) {
        bots[bot]?.setPublished(false, at: now)
        log.add(SimulatorEvent(at: now, bot: bot, kind: .unpublished))
    }

    private mutating func logPublish(
        _ kind: SimulatorEvent.Kind,
        _ job: PublishJob,
        of bot: String,
        at now: SimulatorTime
    ) {
        var event = SimulatorEvent(at: now, bot: bot, kind: kind)
        event.runID = job.id
        if kind == .publishRequested, job.status == .awaitingApproval { event.outcome = job.status.rawValue }
        if kind == .publishEnded {
            event.outcome = job.status == .successful ? "success" : "failed"
            event.startedAt = job.initiatedAt
            event.failedParts = job.failedParts
        }
        log.add(event)
    }
}

/// A publish of a bot: the one that runs or awaits its approval, or the last one.
struct PublishJob: Sendable, Hashable {
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
    /// Counts publishes, so that a planned end can tell that its publish is no longer the current one.
    var number: Int
    var status = Status.queued
    /// What was asked for, its durations drawn.
    var plan: Platform.PublishPlan
    var comment: String
    /// The id of the dialog that the reply to the start begins with.
    var dialogID: String
    var requestedAt: SimulatorTime
    /// When it began; a publish in the queue or that awaits approval has not.
    var initiatedAt: SimulatorTime?
    /// When it is going to end, for the progress. `nil`: not known.
    var endsAt: SimulatorTime?
    var endedAt: SimulatorTime?
    /// Of one that has ended.
    var failedParts: [String] = []

    var isRunning: Bool { status == .queued || status == .inProgress }
    var publishesModel: Bool { plan.parts.contains("NL") && !failedParts.contains("NL") }

    /// The progress and the time it was reached.
    func progress(at now: SimulatorTime) -> (percent: Int, modifiedOn: SimulatorTime) {
        guard let initiatedAt else { return (0, requestedAt) }
        if let endedAt, status == .successful { return (100, endedAt) }
        // One that fails or hangs got stuck on the way.
        let ceiling = plan.outcome == .success ? 99 : 42
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
