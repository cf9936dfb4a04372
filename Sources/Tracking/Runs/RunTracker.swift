import KoreAI

/// Tells the runs of one training target from its replies.
///
/// An arrow is what a reply shows after the one before, `+` how many runs it adds to the count.
///
/// ```
///   first reply ──▶ idle, queued or running: its state, no event
///
///   ┌──────┐  ordered: +0              ┌─────────┐
///   │      │ ─────────────────────────▶│         │
///   │      │  called off: +0           │ queued  │──┐
///   │      │ ◀─────────────────────────│         │◀─┘ still queued: +0
///   │      │  ended unseen: +1         └─────────┘
///   │ idle │                    begins: +0 │ ▲ put back: +0
///   │      │  begins: +0                   ▼ │
///   │      │ ─────────────────────────▶┌─────────┐
///   │      │  ended: +1 or more        │ running │──┐
///   │      │ ◀─────────────────────────│         │◀─┘ the same run: +0; version rose: +1 or more
///   └──────┘                           └─────────┘
///    │    ▲
///    └────┘ the same: +0; version, time or outcome changed: +1 or more
/// ```
///
/// - idle → idle: a run that began and ended between two polls shows in a `trainVersion` that rose, a `modifiedOn` that
///   moved, or another outcome. The version tells how many succeeded; otherwise it is one.
/// - idle → running, queued → running: a run begins, between this poll and the one before.
/// - running → running: the same run, unless a version that rose shows that one ended and another began. A `modifiedOn`
///   that moved meanwhile shows nothing: the FAQ reply calls a queued run running, and then it moves with every start.
/// - running → idle: the run ended, between this poll and the one before. Where the version shows that several ended and
///   more than one poll saw something running, it may not have been the same run, and none has a duration.
/// - running → queued: the platform put the run back, as far as anyone can tell. It goes on being one run, and has no
///   duration, because its start is in doubt.
/// - queued → idle: the run began and ended between two polls, unless the reply proves that nothing was trained (success
///   as before, with the same version or the same `modifiedOn`): then it was called off.
/// - An unknown status changes nothing: it proves neither an end nor a start.
/// - A reply that is older than what is known changes nothing. It is older by an earlier `modifiedOn` or a lower
///   version; also by the same version, where the platform has been seen to raise it with each success and the run that
///   would have succeeded since has not raised it. When such replies keep coming, the third one is believed. One of an
///   earlier time or lower version means that the model was replaced: what it shows is its state, no event, except that
///   a run that was seen running has ended.
/// - A version that leaps is that of another model too, and tells of no runs.
///
/// A value: it takes the time as an argument and returns what happened.
struct RunTracker: Sendable, Hashable {
    /// So many replies in a row must be older than what is known before they are believed.
    static let olderRepliesToBelieve = 3
    /// A version that rises by more than this between two polls is that of another model, as an import brings it.
    static let mostRunsBetweenPolls: Int64 = 100

    /// When the current or last run was first seen running.
    var lastStart: Timestamp?
    var lastCompletion: Timestamp?
    var lastSuccess: Timestamp?
    var lastOutcome: RunOutcome?
    var open: OpenRun?
    /// When the last reply came that was believed and whose status is known.
    var lastSeen: Moment?
    var versions = VersionCount()
    var modifiedOn: Timestamp?
    var olderReplies = 0

    /// Takes in a reply.
    ///
    /// - Returns: The runs that ended since the last reply, in their order; `nil` for a reply that is older than what is
    ///   known, nothing of which is worth showing.
    mutating func observe(_ reading: RunReading, at now: Moment) -> [EndedRun]? {
        guard believes(reading) else { return nil }
        guard reading.status != .unknown else { return [] }
        guard let seen = lastSeen else {
            begin(with: reading, at: now)
            return []
        }
        let span = Span(after: seen, until: now)
        let outcomes = outcomes(of: reading)
        let seenRun = outcomes.count == 1 || open?.firstSeenRunning == seen ? open : nil
        let ended = outcomes.enumerated().map { position, outcome in
            EndedRun(
                outcome,
                open: position == 0 ? seenRun : nil,
                ended: span,
                platform: position == outcomes.count - 1 ? platformTimes(reading) : .unknown
            )
        }
        for run in ended {
            lastCompletion = run.end
            lastSuccess = run.outcome == .success ? run.end : lastSuccess
        }
        if !ended.isEmpty { open = nil }
        follow(reading, since: seen, at: now)
        keep(reading, successes: outcomes.count { $0 == .success }, at: now)
        return ended
    }

    /// Takes the very first reply's state as given, which is no event.
    private mutating func begin(with reading: RunReading, at now: Moment) {
        if let outcome = reading.outcome, let modifiedOn = reading.modifiedOn {
            lastCompletion = modifiedOn
            lastSuccess = outcome == .success ? modifiedOn : lastSuccess
        }
        follow(reading, since: nil, at: now)
        keep(reading, successes: 0, at: now)
    }

    /// Whether the reply is not older than what is known, or has been repeated too often to be an old one.
    private mutating func believes(_ reading: RunReading) -> Bool {
        let isOfEarlierModel = versions.isLower(reading.version) || isEarlier(reading.modifiedOn)
        guard isOfEarlierModel || lacksSuccess(reading) else { return true }
        guard reading.status != .unknown else { return false }
        olderReplies += 1
        guard olderReplies >= Self.olderRepliesToBelieve else { return false }
        versions.forget()
        if isOfEarlierModel {
            modifiedOn = nil
            if open?.firstSeenRunning == nil {
                open = nil
                lastSeen = nil
            }
        }
        return true
    }

    private func isEarlier(_ told: Timestamp?) -> Bool {
        if let known = modifiedOn, let told { told < known } else { false }
    }

    /// Whether the reply shows a success that can only be one from before what was seen since.
    private func lacksSuccess(_ reading: RunReading) -> Bool {
        reading.status == .finished
            && versions.lacksSuccess(reading.version, beyond: open?.firstSeenRunning != nil || lastOutcome == .failed)
    }

    /// How the runs ended that ended since the last reply.
    private func outcomes(of reading: RunReading) -> [RunOutcome] {
        let successes = versions.newSuccesses(reading.version, most: Self.mostRunsBetweenPolls)
        let succeeded = Array(repeating: RunOutcome.success, count: successes)
        guard let outcome = reading.outcome else { return succeeded }
        if outcome == .success, successes > 0 { return succeeded }
        return succeeded + (successes > 0 || endedAnew(reading, outcome) ? [outcome] : [])
    }

    /// Whether a final status is that of a run which was not counted yet, where the version does not tell.
    private func endedAnew(_ reading: RunReading, _ outcome: RunOutcome) -> Bool {
        if open?.firstSeenRunning != nil { return true }
        if let lastOutcome, lastOutcome != outcome { return true }
        if let known = modifiedOn, let told = reading.modifiedOn { return told > known }
        if outcome == .success, versions.known != nil, reading.version != nil { return false }
        return open != nil
    }

    /// The last run's times by the platform's clock. A `modifiedOn` that has not moved since is not its end.
    private func platformTimes(_ reading: RunReading) -> PlatformTimes {
        guard reading.outcome != nil, reading.modifiedOn != modifiedOn else { return .unknown }
        return PlatformTimes(start: open?.platformStart, end: reading.modifiedOn)
    }

    /// Brings the run that is under way up to date.
    private mutating func follow(_ reading: RunReading, since seen: Moment?, at now: Moment) {
        guard reading.outcome == nil else {
            open = nil
            lastOutcome = reading.outcome
            return
        }
        var run = open ?? OpenRun()
        if reading.status == .inProgress, run.firstSeenRunning == nil {
            run.lastSeenBefore = seen
            run.firstSeenRunning = now
            run.platformStart = reading.modifiedOn == modifiedOn ? nil : reading.modifiedOn
            lastStart = now.wall
        } else if reading.status == .queued {
            run.lastSeenBefore = nil
            run.platformStart = nil
        }
        open = run
    }

    private mutating func keep(_ reading: RunReading, successes: Int, at now: Moment) {
        lastSeen = now
        olderReplies = 0
        modifiedOn = reading.modifiedOn ?? modifiedOn
        versions.keep(reading.version, counted: successes, most: Self.mostRunsBetweenPolls)
    }
}
