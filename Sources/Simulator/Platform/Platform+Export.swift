/// Exports. `bot` is a bot's id here.
extension Platform {
    /// Starts a job, unless one is pending or in progress, which then goes on.
    mutating func startExport(
        _ export: Scenario.Export,
        of bot: String,
        fileType: ExportJob.FileType = .csv,
        at now: SimulatorTime
    ) {
        let (queued, takes) = (draw(export.queued, of: bot), draw(export.takes, of: bot))
        guard var record = bots[bot], record.export?.isRunning != true else { return }
        record.exportCount += 1
        let before = record.scenario.exportIdentity == .new ? nil : record.export
        let stale = record.scenario.exportIdentity == .stale ? before : nil
        let job = ExportJob(
            id: before?.id ?? "ds-\(record.random.uuid())",
            number: record.exportCount,
            plan: export,
            fileType: fileType,
            fileName: "\(record.random.hexadecimal(32)).\(fileType.rawValue)",
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
        let end = schedule(.export(bot: bot), number: job.number, queued: queued, takes: takes, at: now)
        bots[bot]?.export?.endsAt = end
    }

    mutating func beginExport(bot: String, at now: SimulatorTime) {
        bots[bot]?.export?.status = .inProgress
        bots[bot]?.export?.startedAt = now
        logExport(.exportStarted, of: bot, at: now)
    }

    mutating func endExport(bot: String, succeeded: Bool, at now: SimulatorTime) {
        bots[bot]?.export?.status = succeeded ? .success : .failed
        bots[bot]?.export?.endedAt = now
        logExport(.exportEnded, of: bot, at: now)
    }

    /// Finds the job that wrote a file, and whether this download of it has to break off.
    ///
    /// - Returns: `nil` where there is no such file.
    mutating func takeDownload(_ fileName: String) -> (job: ExportJob, isBroken: Bool)? {
        for (id, bot) in bots {
            guard let job = bot.export, job.fileName == fileName, job.status == .success, job.plan.file else {
                continue
            }
            if job.brokenDownloads > 0 { bots[id]?.export?.brokenDownloads -= 1 }
            return (job, job.brokenDownloads > 0)
        }
        return nil
    }

    private mutating func logExport(_ kind: SimulatorEvent.Kind, of bot: String, at now: SimulatorTime) {
        guard let job = bots[bot]?.export else { return }
        log(kind, of: bot, at: now) { event in
            event.runID = job.id
            guard kind == .exportEnded else { return }
            event.outcome = job.status == .success ? "success" : "failed"
            event.startedAt = job.startedAt
        }
    }
}

/// The latest export of a bot.
struct ExportJob: Run, Hashable {
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
    var number: Int
    var status: Status = .pending
    /// What was asked for.
    var plan: Scenario.Export
    var fileType: FileType
    /// The last part of the download link.
    var fileName: String
    /// How many more downloads break off half-way.
    var brokenDownloads: Int
    var createdBy: String
    /// When the job was really asked for; ``createdOn`` may be that of an older job.
    var requestedAt: SimulatorTime
    var startedAt: SimulatorTime?
    /// When the job is going to end, for its progress; `nil` where that is not known.
    var endsAt: SimulatorTime?
    var endedAt: SimulatorTime?
    var createdOn: SimulatorTime
    /// The `lMod` of an older job, where the replies show its times.
    var staleModifiedOn: SimulatorTime?

    var isQueued: Bool { status == .pending }
    var isInProgress: Bool { status == .inProgress }
    var willSucceed: Bool { plan.outcome == .success }

    /// The progress in percent, and the time at which it was reached.
    func progress(at now: SimulatorTime) -> (percent: Int, modifiedOn: SimulatorTime) {
        guard let startedAt else { return (0, createdOn.wholeSeconds) }
        if let endedAt, status == .success { return (100, endedAt) }
        // A job that fails or hangs does not get beyond this.
        let ceiling = willSucceed ? 99 : 42
        var percent = 0
        var reachedOn = createdOn.wholeSeconds
        if let endsAt, endsAt > startedAt {
            let length = endsAt.milliseconds - startedAt.milliseconds
            let elapsed = min(max(now.milliseconds - startedAt.milliseconds, 0), length)
            percent = min(Int(elapsed * 100 / length), ceiling)
            if percent > 0 { reachedOn = startedAt + .milliseconds(length * Int64(percent) / 100) }
        } else if plan.outcome == .hang {
            percent = ceiling
            reachedOn = startedAt
        }
        return (percent, endedAt ?? reachedOn)
    }
}

/// The file of an export: rows of utterances, as many as its size needs.
struct ExportFile: Sendable, Hashable {
    let begin: [UInt8]
    /// The bytes of one of the rows, of which there is at least one.
    let row: [UInt8]
    let rows: Int
    let end: [UInt8]
    let contentType: String

    /// - Parameter size: The least size of the whole file in bytes, at most a tebibyte.
    init(_ type: ExportJob.FileType, size: Int) {
        let size = min(max(0, size), 1 << 40)
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
