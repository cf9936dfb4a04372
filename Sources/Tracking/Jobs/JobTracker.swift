import KoreAI

/// Tells the export jobs of one bot from its replies, each of which shows the latest job.
///
/// ```
///   first reply ─┬─▶ running ──── ended: counted ────▶ ended ──┐
///                │     ▲  ▲                            │ ▲     │ another job that has ended: counted
///                │     │  └── the same job, changed ───┘ └─────┘
///                │     └───── another job ─────────────┘
///                └─▶ ended, not counted
/// ```
///
/// - running → another job: the first one ended unseen; it is counted, and how it ended stays unknown.
/// - ended → running, the same job: it runs again where `lMod` moved on; otherwise the reply is an old one.
/// - An unknown status changes nothing.
/// - A reply that is older than what is known (an earlier job, an earlier `lMod`) changes nothing; when such replies
///   keep coming, the third one is a new beginning, as the first reply was.
///
/// A value: it takes the time as an argument and returns what happened.
struct JobTracker: Sendable, Hashable {
    static let olderRepliesToBelieve = 3
    /// `lMod` is cut to whole seconds on some calls, so it may seem to go back by up to a second, in milliseconds.
    static let rounding: Int64 = 1000

    var identity: JobIdentity?
    var isEnded = false
    /// When the job was first seen running, if it was not by the very first reply.
    var start: Span?
    var lastModified: Timestamp?
    var lastSeen: Moment?
    var olderReplies = 0

    /// Takes in a reply.
    ///
    /// - Returns: The jobs that ended since the last reply, in their order.
    mutating func observe(_ reply: MLExportReply, at now: Moment) -> [EndedRun] {
        guard reply.status != .unknown else { return [] }
        let told = JobIdentity(reply)
        guard let known = identity, let seen = lastSeen else {
            begin(with: reply, told, at: now)
            return []
        }
        if isOlder(reply, told, than: known) {
            olderReplies += 1
            guard olderReplies >= Self.olderRepliesToBelieve else { return [] }
            begin(with: reply, told, at: now)
            return []
        }
        let span = Span(after: seen, until: now)
        var ended: [EndedRun] = []
        if told.isOther(than: known) {
            if !isEnded {
                ended.append(
                    EndedRun(
                        outcome: .unknown,
                        start: known.createdOn ?? known.requestedTime,
                        end: span.middle.wall,
                        duration: nil,
                        bound: 0
                    )
                )
            }
            isEnded = false
            start = span
            lastModified = nil
            identity = told
        } else {
            if isEnded, reply.outcome == nil {
                isEnded = false
                start = span
            }
            identity = told.merged(with: known)
        }
        if !isEnded, let outcome = reply.outcome {
            // A job that was not seen running began between the same two polls: only the platform knows how long it took.
            ended.append(EndedRun(reply, outcome, start: start?.middle == span.middle ? nil : start, ended: span))
            isEnded = true
            start = nil
        }
        keep(reply, at: now)
        return ended
    }

    private mutating func begin(with reply: MLExportReply, _ told: JobIdentity, at now: Moment) {
        identity = told
        isEnded = reply.outcome != nil
        start = nil
        lastModified = nil
        keep(reply, at: now)
    }

    private mutating func keep(_ reply: MLExportReply, at now: Moment) {
        lastSeen = now
        lastModified = reply.lastModified ?? lastModified
        olderReplies = 0
    }

    private func isOlder(_ reply: MLExportReply, _ told: JobIdentity, than known: JobIdentity) -> Bool {
        if told.isOther(than: known) { return told.isOlder(than: known) }
        guard let lastModified, let toldModified = reply.lastModified else { return false }
        if isEnded, reply.outcome == nil { return toldModified <= lastModified }
        return toldModified.milliseconds < lastModified.milliseconds - Self.rounding
    }
}
