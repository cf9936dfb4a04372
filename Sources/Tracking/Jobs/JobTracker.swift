package import KoreAI
package import Model

/// Tells the exports or publishes of one bot from its replies, each of which shows the latest job.
///
/// An arrow is what a reply shows after the one before, `+` how many jobs it adds to the count.
///
/// ```
///   first reply ──▶ running or ended: its state, no event
///
///   ┌─────────┐  ended: +1                              ┌───────┐
///   │         │ ───────────────────────────────────────▶│       │
///   │         │  another job, ended: +2                 │       │
///   │ running │ ───────────────────────────────────────▶│ ended │──┐
///   │         │  another job, or the same again: +0     │       │◀─┘ the same: +0
///   │         │ ◀───────────────────────────────────────│       │    another job: +1
///   └─────────┘                                         └───────┘
///    │       ▲
///    └───────┘ the same: +0; another job: +1
/// ```
///
/// - Another job: one whose id, `createdOn` (of a publish: `initiatedOn`) or `requestedTime` differs. The one before has ended unseen, if it was
///   running; it is counted, and how it ended stays unknown.
/// - ended → running, the same job: it runs again where `lMod` moved on or is not told, and will be counted again.
///   Otherwise the reply is from before its end.
/// - ended → ended, the same job: no event, whatever else changed. No reply showed it running again.
/// - An unknown status changes nothing.
/// - A reply that is older than what is known changes nothing. It is older by the times of its job, or by an `lMod`
///   before the one that the same job had. When such replies keep coming, the third one is believed. What it shows is
///   then a state, as the first reply's is, and its end adds to no count, because it may have been counted before;
///   unless an `lMod` that moves on shows that the job is really going on.
///
/// A value: it takes the time as an argument and returns what happened.
struct JobTracker: Sendable, Hashable {
    static let olderRepliesToBelieve = 3

    var job: SeenJob?
    /// When the last reply came that was believed and whose status is known.
    var lastSeen: ClockReading?
    var olderReplies = 0

    /// Takes in a reading.
    ///
    /// - Returns: The jobs that ended since the last reply, in their order; `nil` for a reply that is older than what is
    ///   known, nothing of which is worth showing.
    mutating func observe(_ reading: JobReading, at now: ClockReading) -> [EndedRun]? {
        let told = JobIdentity(reading)
        guard let known = job, let seen = lastSeen else {
            if reading.status != .unknown {
                keep(
                    SeenJob(reading, told, open: reading.status.isUnderWay ? OpenRun(firstSeenRunning: now) : nil),
                    at: now
                )
            }
            return []
        }
        let isOther = told.isOther(than: known.identity)
        let isOlder = isOther ? told.isOlder(than: known.identity) : known.isAhead(of: reading)
        guard reading.status != .unknown else { return isOlder ? nil : [] }
        if isOlder {
            olderReplies += 1
            guard olderReplies >= Self.olderRepliesToBelieve else { return nil }
        }
        if isOther, isOlder {
            keep(SeenJob(reading, told, open: nil), at: now)
            return []
        }
        let span = Span(after: seen, until: now)
        var ended: [EndedRun] = []
        var job = known
        if isOther {
            if let replaced = known.replaced(in: span) { ended.append(replaced) }
            let open = reading.status.isUnderWay ? OpenRun(lastSeenBefore: seen, firstSeenRunning: now) : nil
            job = SeenJob(reading, told, open: open, modifiedBefore: known.lastModified)
        } else {
            job.goOn(reading, told, since: seen, at: now)
        }
        if let outcome = reading.outcome, isOther || job.open != nil {
            var run = EndedRun(outcome, open: job.open, ended: span, platform: job.ownTimes(reading))
            run.id = job.identity.shownID
            run.reason = reading.reason
            ended.append(run)
            job.open = nil
        }
        keep(job, at: now)
        return ended
    }

    private mutating func keep(_ job: SeenJob, at now: ClockReading) {
        self.job = job
        lastSeen = now
        olderReplies = 0
    }
}

/// The latest export or publish as a reply shows it.
package struct JobReading: Sendable, Hashable {
    /// The platform cuts some times to whole seconds, so one may lie up to a second before an earlier one, in milliseconds.
    static let rounding: Int64 = 1000

    package var status: JobStatus
    /// The job's id, which the platform may use again for a later job of the same bot.
    package var id: String?
    /// An export's `createdOn`, a publish's `initiatedOn`.
    package var createdOn: Timestamp?
    package var requestedTime: Timestamp?
    package var lastModified: Timestamp?
    /// How much is done, from 0 to 1; `nil` where the platform does not tell.
    package var progress: Double?
    /// Why it failed, or which parts of a publish did, fit to be shown.
    package var reason: String?

    init(status: JobStatus) {
        self.status = status
    }

    package init(_ reply: MLExportReply) {
        status = reply.status
        id = reply.id
        createdOn = reply.createdOn
        requestedTime = reply.requestedTime
        lastModified = reply.lastModified
        progress = reply.progress
        reason = reply.reason
    }

    package init(_ reply: PublishReply) {
        status = reply.status
        id = reply.id
        createdOn = reply.initiatedOn
        requestedTime = reply.requestedTime
        lastModified = reply.lastModified
        progress = reply.progress
        let failed = reply.parts.filter { $0.status == .failed }.map(\.name)
        reason = failed.isEmpty ? nil : FailureReason.shown("failed parts: " + failed.joined(separator: ", "))
    }

    /// How the job ended; `nil` while it has not, or where that is not known.
    package var outcome: RunOutcome? {
        switch status {
        case .success: .success
        case .failed: .failed
        case .pending, .inProgress, .unknown: nil
        }
    }

    /// When the job began, by the platform's clock. Where the platform used the job's id again, `createdOn` is an earlier
    /// job's, and the request's time is the one to take.
    package var start: Timestamp? {
        guard let createdOn else { return requestedTime }
        if let requestedTime, let lastModified,
            requestedTime.since(lastModified) < .milliseconds(Self.rounding),
            requestedTime.since(createdOn) > .milliseconds(Self.rounding)
        {
            return requestedTime
        }
        return createdOn
    }

    /// How long a job that has ended took by the platform's own times, in milliseconds: 0 where the difference is a rounding
    /// error; `nil` for a job that has not ended or whose times are missing or contradict each other.
    package var duration: Int64? {
        guard outcome != nil, let start, let lastModified else { return nil }
        let (difference, overflow) = lastModified.milliseconds.subtractingReportingOverflow(start.milliseconds)
        guard !overflow, difference > -Self.rounding, difference <= SeenDuration.longest else { return nil }
        return max(0, difference)
    }

    /// The times of a job that has ended.
    var times: PlatformTimes {
        PlatformTimes(start: start, end: lastModified, duration: duration)
    }
}

extension JobStatus {
    package var isUnderWay: Bool { self == .pending || self == .inProgress }
}

extension JobTracker: Storable {
    func write(to writer: inout FieldWriter) {
        if let job { writer.write(1, job) }
        if let lastSeen { writer.write(2, lastSeen) }
        writer.write(3, Int64(olderReplies))
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init()
        while let field = try reader.next() {
            switch field.number {
            case 1: job = try field.stored()
            case 2: lastSeen = try field.stored()
            case 3: olderReplies = Int(min(max(0, try field.int64()), Int64(Self.olderRepliesToBelieve)))
            default: break
            }
        }
    }
}
