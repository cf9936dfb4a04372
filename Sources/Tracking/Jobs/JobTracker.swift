import KoreAI

/// Tells the export jobs of one bot from its replies, each of which shows the latest job.
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
/// - Another job: one whose id, `createdOn` or `requestedTime` differs. The one before has ended unseen, if it was
///   running; it is counted, and how it ended stays unknown.
/// - ended → running, the same job: it runs again where `lMod` moved on or is not told, and will be counted again.
///   Otherwise the reply is from before its end.
/// - ended → ended, the same job: no event, whatever else changed. Nobody saw it run again.
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
    var lastSeen: Moment?
    var olderReplies = 0

    /// Takes in a reply.
    ///
    /// - Returns: The jobs that ended since the last reply, in their order; `nil` for a reply that is older than what is
    ///   known, nothing of which is worth showing.
    mutating func observe(_ reply: MLExportReply, at now: Moment) -> [EndedRun]? {
        let told = JobIdentity(reply)
        guard let known = job, let seen = lastSeen else {
            if reply.status != .unknown {
                keep(SeenJob(reply, told, open: reply.isUnderWay ? OpenRun(firstSeenRunning: now) : nil), at: now)
            }
            return []
        }
        let isOther = told.isOther(than: known.identity)
        let isOlder = isOther ? told.isOlder(than: known.identity) : known.isAhead(of: reply)
        guard reply.status != .unknown else { return isOlder ? nil : [] }
        if isOlder {
            olderReplies += 1
            guard olderReplies >= Self.olderRepliesToBelieve else { return nil }
        }
        if isOther, isOlder {
            keep(SeenJob(reply, told, open: nil), at: now)
            return []
        }
        let span = Span(after: seen, until: now)
        var ended: [EndedRun] = []
        var job = known
        if isOther {
            if let replaced = known.replaced(in: span) { ended.append(replaced) }
            let open = reply.isUnderWay ? OpenRun(lastSeenBefore: seen, firstSeenRunning: now) : nil
            job = SeenJob(reply, told, open: open, modifiedBefore: known.lastModified)
        } else {
            job.goOn(reply, told, since: seen, at: now)
        }
        if let outcome = reply.outcome, isOther || job.open != nil {
            ended.append(EndedRun(outcome, open: job.open, ended: span, platform: job.ownTimes(reply)))
            job.open = nil
        }
        keep(job, at: now)
        return ended
    }

    private mutating func keep(_ job: SeenJob, at now: Moment) {
        self.job = job
        lastSeen = now
        olderReplies = 0
    }
}
