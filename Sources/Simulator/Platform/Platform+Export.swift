/// Exports. Bots are named by id here.
extension Platform {
    /// How a job goes on by itself, in real time.
    struct ExportPlan: Sendable {
        /// `nil`: not pending at all.
        var queued: Duration?
        /// `nil`: until it is told to end.
        var takes: Duration?
        var outcome: Scenario.Export.Outcome = .success
        var file = true
        var fileSize = 0
        var failedStep: String?
        var fileType = ExportJob.FileType.csv
    }

    mutating func startExport(
        _ export: Scenario.Export,
        of bot: String,
        fileType: ExportJob.FileType = .csv,
        at now: SimulatorTime
    ) {
        let plan = ExportPlan(
            queued: draw(export.queued, of: bot),
            takes: draw(export.takes, of: bot),
            outcome: export.outcome,
            file: export.file,
            fileSize: export.fileSize,
            failedStep: export.failedStep,
            fileType: fileType
        )
        startExport(of: bot, plan: plan, at: now)
    }

    /// Starts a job, unless one is pending or in progress: then that one goes on.
    mutating func startExport(of bot: String, plan: ExportPlan, at now: SimulatorTime) {
        guard var record = bots[bot], record.export?.isRunning != true else { return }
        record.exportCount += 1
        let before = record.scenario.exportIdentity == .new ? nil : record.export
        let stale = record.scenario.exportIdentity == .stale ? before : nil
        let job = ExportJob(
            id: before?.id ?? "ds-\(record.random.uuid())",
            number: record.exportCount,
            outcome: plan.outcome,
            hasFile: plan.file,
            fileType: plan.fileType,
            fileSize: plan.fileSize,
            failedStep: plan.failedStep,
            fileName: "\(record.random.hexadecimal(32)).\(plan.fileType.rawValue)",
            brokenDownloads: record.scenario.brokenDownloads,
            createdBy: before?.createdBy ?? "u-\(record.random.uuid())",
            requestedAt: now,
            createdOn: stale?.createdOn ?? now,
            staleModifiedOn: stale.map { $0.staleModifiedOn ?? $0.progress(at: now).modifiedOn }
        )
        record.export = job
        record.exportStatusErrors = record.scenario.exportStatusErrors
        bots[bot] = record
        logExport(.exportRequested, of: bot, at: now)

        let start = now + (plan.queued ?? .zero)
        if plan.queued != nil {
            agenda.add(.exportStart(bot: bot, number: job.number), at: start)
        } else {
            beginExport(bot: bot, at: now)
        }
        if let takes = plan.takes {
            bots[bot]?.export?.endsAt = start + takes
            agenda.add(.exportEnd(bot: bot, number: job.number), at: start + takes)
        }
    }

    /// The pending job gets its turn.
    mutating func beginExport(bot: String, at now: SimulatorTime) {
        bots[bot]?.export?.status = .inProgress
        bots[bot]?.export?.startedAt = now
        logExport(.exportStarted, of: bot, at: now)
    }

    /// Ends the job in progress.
    mutating func endExport(bot: String, succeeded: Bool, at now: SimulatorTime) {
        bots[bot]?.export?.status = succeeded ? .success : .failed
        bots[bot]?.export?.endedAt = now
        logExport(.exportEnded, of: bot, at: now)
    }

    /// Somebody has the link of a file.
    ///
    /// - Returns: The job that wrote it, and whether the download has to break off; `nil` where there is none.
    mutating func takeDownload(_ fileName: String) -> (job: ExportJob, isBroken: Bool)? {
        for (id, bot) in bots {
            guard let job = bot.export, job.fileName == fileName, job.status == .success, job.hasFile else { continue }
            if job.brokenDownloads > 0 { bots[id]?.export?.brokenDownloads -= 1 }
            return (job, job.brokenDownloads > 0)
        }
        return nil
    }

    private mutating func logExport(_ kind: SimulatorEvent.Kind, of bot: String, at now: SimulatorTime) {
        guard let job = bots[bot]?.export else { return }
        var event = SimulatorEvent(at: now, bot: bot, kind: kind)
        event.runID = job.id
        if kind == .exportEnded {
            event.outcome = job.status == .success ? "success" : "failed"
            event.startedAt = job.startedAt
        }
        log.add(event)
    }
}

/// The latest export of a bot.
struct ExportJob: Sendable, Hashable {
    enum Status: Sendable, Hashable {
        case pending
        case inProgress
        case success
        case failed
    }

    enum FileType: String, Sendable, Hashable {
        case csv
        case json
    }

    var id: String
    /// Counts jobs, so that a planned end can tell that its job is no longer the current one.
    var number: Int
    var status: Status = .pending
    var outcome: Scenario.Export.Outcome
    var hasFile: Bool
    var fileType: FileType
    /// At least, in bytes.
    var fileSize: Int
    /// Told of once the job has failed.
    var failedStep: String?
    /// The last part of the download link.
    var fileName: String
    /// Downloads still to be broken off half-way.
    var brokenDownloads: Int
    var createdBy: String
    /// When it really was asked for; ``createdOn`` may tell of an older job.
    var requestedAt: SimulatorTime
    var startedAt: SimulatorTime?
    /// When it is going to end, for the progress. `nil`: not known.
    var endsAt: SimulatorTime?
    var endedAt: SimulatorTime?
    var createdOn: SimulatorTime
    /// Set where the job shows an older one's times.
    var staleModifiedOn: SimulatorTime?

    var isRunning: Bool { status == .pending || status == .inProgress }

    /// The progress and the time it was reached.
    func progress(at now: SimulatorTime) -> (percent: Int, modifiedOn: SimulatorTime) {
        guard let startedAt else { return (0, createdOn.wholeSeconds) }
        if let endedAt, status == .success { return (100, endedAt) }
        // A job that fails or hangs got stuck on the way.
        let ceiling = outcome == .success ? 99 : 42
        var percent = 0
        var reachedOn = createdOn.wholeSeconds
        if let endsAt, endsAt > startedAt {
            let length = endsAt.milliseconds - startedAt.milliseconds
            let elapsed = min(max(now.milliseconds - startedAt.milliseconds, 0), length)
            percent = min(Int(elapsed * 100 / length), ceiling)
            if percent > 0 { reachedOn = startedAt + .milliseconds(length * Int64(percent) / 100) }
        } else if outcome == .hang {
            percent = ceiling
            reachedOn = startedAt
        }
        return (percent, endedAt ?? reachedOn)
    }
}

/// The file of an export: rows of utterances, as many as its size needs.
struct ExportFile: Sendable, Hashable {
    let begin: [UInt8]
    /// One or more.
    let row: [UInt8]
    let rows: Int
    let end: [UInt8]
    let contentType: String

    /// - Parameter size: At least, in bytes.
    init(_ type: ExportJob.FileType, size: Int) {
        switch type {
        case .csv:
            begin = Array("Utterance,Intent\r\n".utf8)
            row = Array("what is my balance,Check balance\r\n".utf8)
            end = []
            contentType = "text/csv; charset=utf-8"
        case .json:
            begin = Array("[{}".utf8)
            row = Array(",{\"utterance\":\"what is my balance\",\"intent\":\"Check balance\"}".utf8)
            end = Array("]\n".utf8)
            contentType = "application/json"
        }
        rows = max(1, (size - begin.count - end.count + row.count - 1) / row.count)
    }

    var count: Int { begin.count + rows * row.count + end.count }
}
