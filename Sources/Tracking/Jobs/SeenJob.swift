import KoreAI

/// An export job as the replies show it.
struct SeenJob: Sendable, Hashable {
    /// `lMod` is cut to whole seconds on some calls, so it may seem to go back by up to a second, in milliseconds.
    private static let rounding: Int64 = 1000

    var identity: JobIdentity
    /// What was seen of it under way; `nil` when it has ended and where its end is not to be counted.
    var open: OpenRun?
    /// Whether the last reply showed that it has ended.
    var isEnded: Bool
    /// The latest `lMod` that any reply gave it.
    var lastModified: Timestamp?
    /// The `lMod` of what ended before: of an older job, or of the same one where it now runs again.
    var modifiedBefore: Timestamp?
    var runsAgain = false

    /// - Parameter modifiedBefore: The `lMod` of the job before it.
    init(_ reply: MLExportReply, _ identity: JobIdentity, open: OpenRun?, modifiedBefore: Timestamp? = nil) {
        self.identity = identity
        self.open = open
        self.modifiedBefore = modifiedBefore
        isEnded = reply.outcome != nil
        lastModified = reply.lastModified
    }

    /// Whether a reply about the same job is from before what is known of it.
    func isAhead(of reply: MLExportReply) -> Bool {
        guard let lastModified, let told = reply.lastModified else { return false }
        if isEnded, reply.isUnderWay { return told <= lastModified }
        if open != nil, reply.outcome != nil {
            return if runsAgain, let modifiedBefore { told <= modifiedBefore } else { false }
        }
        return told.milliseconds < lastModified.milliseconds.subtractingClamped(Self.rounding)
    }

    /// Takes in a reply about the same job.
    mutating func goOn(_ reply: MLExportReply, _ told: JobIdentity, since seen: Moment, at now: Moment) {
        let movedOn = reply.lastModified.flatMap { told in lastModified.map { told > $0 } }
        if open == nil, reply.isUnderWay, movedOn ?? isEnded {
            open = OpenRun(lastSeenBefore: isEnded ? seen : nil, firstSeenRunning: now)
            modifiedBefore = lastModified
            runsAgain = true
        }
        identity.merge(told)
        isEnded = reply.outcome != nil
        lastModified = [lastModified, reply.lastModified].compactMap(\.self).max()
    }

    /// How it ended, where another job has taken its place.
    ///
    /// - Returns: `nil` where it has been counted.
    func replaced(in span: Span) -> EndedRun? {
        guard let open else { return nil }
        let start = identity.createdOn ?? identity.requestedTime
        return EndedRun(.unknown, open: open, ended: span, platform: PlatformTimes(start: start, end: nil))
    }

    /// Its times by the platform's clock, now that it has ended.
    ///
    /// One that shows no later `lMod` than what ended before has none of its own, as in the documented sample; and one
    /// that runs again began later than its times say.
    func ownTimes(_ reply: MLExportReply) -> PlatformTimes {
        if runsAgain { return .unknown }
        if let modifiedBefore, let told = reply.lastModified, told <= modifiedBefore { return .unknown }
        return PlatformTimes(reply)
    }
}
