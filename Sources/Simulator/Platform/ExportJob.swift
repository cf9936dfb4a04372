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
    /// The last part of the download link.
    var fileName: String
    /// Downloads still to be broken off half-way.
    var brokenDownloads: Int
    var createdBy: String
    /// When it really was asked for; ``createdOn`` may tell of an older job.
    var requestedAt: SimulatorTime
    var startedAt: SimulatorTime?
    /// When it is going to end, for the progress. `nil`: nobody knows.
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
