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
            id: before?.id ?? "ds-\(record.lot.uuid())",
            number: record.exportCount,
            outcome: plan.outcome,
            hasFile: plan.file,
            fileType: plan.fileType,
            fileSize: plan.fileSize,
            fileName: "\(record.lot.hexadecimal(32)).\(plan.fileType.rawValue)",
            brokenDownloads: record.scenario.brokenDownloads,
            createdBy: before?.createdBy ?? "u-\(record.lot.uuid())",
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
