import KoreAI

/// Tells the runs of one training target from its replies.
///
/// ```
///   first reply ─┬─▶ idle ◀──────────────┬───────────────┐
///                │    │ ▲ └──▶ idle      │ ended         │ ended, or called off
///                │    │ └──────────────┐ │               │
///                ├────┼──▶ queued ─────┼─┼─▶ running ────┤
///                │    └────────────────┼─┘    ▲ │        │
///                └──▶ running ─────────┘      └─┘ queued ┘
/// ```
///
/// - idle → idle: a run that began and ended between two polls shows in a `trainVersion` that rose, a `modifiedOn` that
///   moved, or another outcome. The version tells how many succeeded; otherwise it is one.
/// - idle → queued, running; queued → running: a run begins, between this poll and the one before.
/// - running → running: the same run, unless the version rose: then one ended and another began.
/// - running → queued: the platform put the run back; it goes on being one run.
/// - running → idle: the run ended, between this poll and the one before.
/// - queued → idle: the run began and ended between two polls, unless the reply proves that nothing was trained: then
///   it was called off.
/// - An unknown status changes nothing: it proves neither an end nor a start.
/// - A reply that is older than what is known (a lower version, an earlier `modifiedOn`) changes nothing. When such
///   replies keep coming the bot was replaced, and the third one is a new beginning, as the first reply was; so is a
///   version that leaps.
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
    /// When the last reply came whose status is known.
    var lastSeen: Moment?
    var version: Int64?
    /// Runs that were counted as successes since a reply last told the version.
    var successesSinceVersion: Int64 = 0
    var modifiedOn: Timestamp?
    var olderReplies = 0

    /// Takes in a reply.
    ///
    /// - Returns: The runs that ended since the last reply, in their order.
    mutating func observe(_ reading: RunReading, at now: Moment) -> [EndedRun] {
        guard reading.status != .unknown else { return [] }
        guard let seen = lastSeen else {
            begin(with: reading, at: now)
            return []
        }
        if isOlder(reading) {
            olderReplies += 1
            guard olderReplies >= Self.olderRepliesToBelieve else { return [] }
            begin(with: reading, at: now)
            return []
        }
        let successes = successesBetweenPolls(reading)
        guard successes <= Self.mostRunsBetweenPolls else {
            begin(with: reading, at: now)
            return []
        }
        let span = Span(after: seen, until: now)
        let outcomes = outcomes(of: reading, successes: Int(successes))
        let ended = outcomes.enumerated().map { position, outcome in
            EndedRun(
                outcome,
                open: position == 0 ? open : nil,
                ended: span,
                platformEnd: position == outcomes.count - 1 ? platformEnd(reading) : nil
            )
        }
        for run in ended {
            note(run)
        }
        follow(reading, isNewRun: !ended.isEmpty, span, at: now)
        keep(reading, successes: outcomes.count { $0 == .success }, at: now)
        return ended
    }

    /// Takes the reply's state as given, which is no event.
    private mutating func begin(with reading: RunReading, at now: Moment) {
        open = nil
        version = nil
        modifiedOn = nil
        if reading.outcome != nil, let modifiedOn = reading.modifiedOn {
            lastCompletion = modifiedOn
            lastSuccess = reading.outcome == .success ? modifiedOn : lastSuccess
        }
        follow(reading, isNewRun: true, nil, at: now)
        keep(reading, successes: 0, at: now)
    }

    private func isOlder(_ reading: RunReading) -> Bool {
        if let known = version, let told = reading.version, told < known { return true }
        if let known = modifiedOn, let told = reading.modifiedOn, told < known { return true }
        return false
    }

    /// How many runs succeeded since the last reply, as far as the version tells.
    private func successesBetweenPolls(_ reading: RunReading) -> Int64 {
        guard let known = version, let told = reading.version else { return 0 }
        let (risen, overflow) = told.subtractingReportingOverflow(known)
        return overflow ? .max : max(0, risen - successesSinceVersion)
    }

    /// How the runs ended that ended since the last reply.
    private func outcomes(of reading: RunReading, successes: Int) -> [RunOutcome] {
        let succeeded = Array(repeating: RunOutcome.success, count: successes)
        switch reading.outcome {
        case nil: return succeeded
        case .success where successes > 0: return succeeded
        case .some(let outcome): return succeeded + (successes > 0 || endedAnew(reading, outcome) ? [outcome] : [])
        }
    }

    /// Whether a final status is that of a run which was not counted yet, where the version does not tell.
    private func endedAnew(_ reading: RunReading, _ outcome: RunOutcome) -> Bool {
        if open?.firstSeenRunning != nil { return true }
        if let known = modifiedOn, let told = reading.modifiedOn { return told > known }
        if outcome == .success, version != nil, reading.version != nil { return false }
        return open != nil || outcome != lastOutcome
    }

    /// When the last run ended by the platform's clock, where the reply tells it.
    private func platformEnd(_ reading: RunReading) -> Timestamp? {
        reading.outcome == nil || reading.modifiedOn == modifiedOn ? nil : reading.modifiedOn
    }

    private mutating func note(_ run: EndedRun) {
        lastCompletion = run.end
        if run.outcome == .success {
            lastSuccess = run.end
        }
    }

    /// Brings the run that is under way up to date.
    ///
    /// - Parameter span: Since the last reply; `nil` where nobody knows when what the reply shows began.
    private mutating func follow(_ reading: RunReading, isNewRun: Bool, _ span: Span?, at now: Moment) {
        guard reading.outcome == nil else {
            open = nil
            lastOutcome = reading.outcome
            return
        }
        var run = isNewRun ? OpenRun() : open ?? OpenRun()
        if reading.status == .inProgress, run.firstSeenRunning == nil {
            run.firstSeenRunning = now.wall
            run.start = span
            run.platformStart = reading.modifiedOn == modifiedOn ? nil : reading.modifiedOn
            lastStart = now.wall
        }
        open = run
    }

    private mutating func keep(_ reading: RunReading, successes: Int, at now: Moment) {
        lastSeen = now
        olderReplies = 0
        if let version = reading.version {
            self.version = version
            successesSinceVersion = 0
        } else {
            successesSinceVersion += Int64(successes)
        }
        if let modifiedOn = reading.modifiedOn {
            self.modifiedOn = modifiedOn
        }
    }
}
