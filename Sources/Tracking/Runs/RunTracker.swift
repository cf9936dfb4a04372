import KoreAI
import Model

/// Tells the runs of one training target from its replies.
///
/// A run is counted when a reply shows an end and something proves a run since the end before:
///
/// - something was queued or running meanwhile;
/// - the outcome is another one;
/// - FAQ: `modifiedOn` moved;
/// - ML: a sync flag went from false to true, or `trainVersion` rose.
///
/// All proof between two ends is one run, also a version that rose by six. An equal version proves nothing: no page of
/// the platform says what `trainVersion` is, and by far the likeliest is the NLP version that the model was trained with,
/// which hardly ever changes. An arrow is what a reply shows after the one before, `+` how many runs it adds.
///
/// ```
///   first reply ──▶ idle, queued or running: its state, no event
///
///   ┌──────┐  ordered: +0              ┌─────────┐
///   │      │ ─────────────────────────▶│         │──┐
///   │      │  ended unseen: +1         │ queued  │  │ still queued: +0
///   │      │ ◀─────────────────────────│         │◀─┘
///   │      │                           └─────────┘
///   │ idle │                    begins: +0 │ ▲ put back: +0
///   │      │  begins: +0                   ▼ │
///   │      │ ─────────────────────────▶┌─────────┐
///   │      │  ended: +1                │ running │──┐
///   │      │ ◀─────────────────────────│         │◀─┘ the same run: +0
///   └──────┘                           └─────────┘
///    │    ▲
///    └────┘ nothing proves a run: +0; something does: +1
/// ```
///
/// - idle → idle: where the platform calls the last run failed as before, and a flag or the version proves that one
///   succeeded, how the last one ended is not known.
/// - idle → running, queued → running: a run begins, between this poll and the one before.
/// - A flag that turns true, or a version that rises, while something is queued or runs is held until that has ended, and
///   is then proof of the same run. Whether the platform sets them when a run ends or while it runs is not documented, and
///   a run must not be counted twice. A version that rises a second time meanwhile proves a second run in any case.
/// - What the reply leaves out that shows an end is proof of that same run when it is next told: a flag that has turned
///   true, a version that has risen, a time that has moved.
/// - running → queued: the platform put the run back, as far as anyone can tell. It goes on being one run, and has no
///   duration, because its start is in doubt.
/// - An unknown status proves neither an end nor a start. What else such a reply proves is held.
/// - A reply with an earlier `modifiedOn` or a lower version may come from a server that lags behind, and changes nothing.
///   The third one in a row is believed: the model was replaced. What it shows is its state, no event, except that a run
///   that was seen running has ended.
///
/// A value: it takes the time as an argument and returns what happened.
struct RunTracker: Sendable, Hashable {
    /// A training by the platform's id, and how many replies have shown nothing under way since its start.
    struct PendingStart: Sendable, Hashable {
        var id: String
        var replies = 0
    }

    /// The replies in a row that are older than what is known until they are believed.
    static let olderRepliesToBelieve = 3
    /// The replies after a start that show nothing under way until the start is forgotten: the training was too short to be
    /// seen, and a later one is another.
    static let repliesToForgetStart = 6

    /// When the current or last run was first seen running.
    var lastStart: Timestamp?
    var lastCompletion: Timestamp?
    var lastSuccess: Timestamp?
    var lastOutcome: RunOutcome?
    var open: OpenRun?
    /// When the last reply came that was believed and whose status is known.
    var lastSeen: ClockReading?
    /// `trainVersion` of an ML reply, as last told.
    var version: Int64?
    /// `modifiedOn` of an FAQ reply, as last told.
    var modifiedOn: Timestamp?
    /// Whether a run was counted since the version or the time, of which a reply has one at most, was last told, so that
    /// it may have changed by that one.
    var isOutdated = false
    /// Whether a flag turned true since the last end.
    var isProvenByFlag = false
    /// Whether the version rose since the last end.
    var isProvenByVersion = false
    var olderReplies = 0
    /// A training that the exporter started and no reply has shown yet.
    var pendingStart: PendingStart?

    /// Takes in a reply.
    ///
    /// - Returns: The runs that ended since the last reply, in their order; `nil` for a reply that is older than what is
    ///   known, nothing of which is worth showing.
    mutating func observe(_ reading: RunReading, at now: ClockReading) -> [EndedRun]? {
        guard believes(reading) else { return nil }
        let hasRisen = isHigher(reading.version)
        if let told = reading.version {
            version = told
            isOutdated = false
        }
        guard let seen = lastSeen else {
            if reading.status != .unknown { begin(with: reading, at: now) }
            return []
        }
        let span = Span(after: seen, until: now)
        var ended: [EndedRun] = []
        if hasRisen, isProvenByVersion {
            ended.append(EndedRun(.success, open: nil, ended: span, platform: .unknown))
            lastOutcome = .success
            // The run that is under way now is another one, whose begin was not seen.
            open?.lastSeenBefore = nil
            if reading.status == .inProgress { open?.firstSeenRunning = nil }
        }
        isProvenByFlag = isProvenByFlag || reading.flagTurnedTrue
        isProvenByVersion = isProvenByVersion || hasRisen
        if let outcome = provenOutcome(of: reading) {
            var run = EndedRun(outcome, open: open, ended: span, platform: platformTimes(reading))
            run.id = open == nil ? pendingStart?.id : open?.id
            run.reason = outcome == .failed ? reading.reason : nil
            pendingStart = nil
            ended.append(run)
            isOutdated = reading.version == nil && reading.modifiedOn == nil
        }
        for run in ended {
            lastCompletion = run.end
            lastSuccess = run.outcome == .success ? run.end : lastSuccess
        }
        guard reading.status != .unknown else { return ended }
        follow(reading, since: ended.isEmpty ? seen : nil, at: now)
        return ended
    }

    /// The platform took a start, when nothing was known to be under way: what is now, or comes next, is that training.
    mutating func started(id: String) {
        if open == nil {
            pendingStart = PendingStart(id: id)
        } else {
            open?.id = id
        }
    }

    /// Takes the very first reply's state as given, which is no event.
    private mutating func begin(with reading: RunReading, at now: ClockReading) {
        if let outcome = reading.outcome, let modifiedOn = reading.modifiedOn {
            lastCompletion = modifiedOn
            lastSuccess = outcome == .success ? modifiedOn : lastSuccess
        }
        isOutdated = reading.version == nil
        follow(reading, since: nil, at: now)
    }

    /// Whether the reply is not older than what is known, or has been repeated too often to be an old one.
    private mutating func believes(_ reading: RunReading) -> Bool {
        guard isLower(reading.version) || isEarlier(reading.modifiedOn) else { return true }
        guard reading.status != .unknown else { return false }
        olderReplies += 1
        guard olderReplies >= Self.olderRepliesToBelieve else { return false }
        version = nil
        modifiedOn = nil
        isOutdated = false
        isProvenByFlag = false
        isProvenByVersion = false
        if open?.firstSeenRunning == nil {
            open = nil
            lastSeen = nil
        }
        return true
    }

    private func isLower(_ told: Int64?) -> Bool {
        if let version, let told { told < version } else { false }
    }

    private func isHigher(_ told: Int64?) -> Bool {
        if let version, let told { told > version && !isOutdated } else { false }
    }

    private func isEarlier(_ told: Timestamp?) -> Bool {
        if let modifiedOn, let told { told < modifiedOn } else { false }
    }

    /// How the run ended that the reply proves to have ended since the last end; `nil` where it proves none.
    private func provenOutcome(of reading: RunReading) -> RunOutcome? {
        guard let outcome = reading.outcome else { return nil }
        let hasMoved =
            if let modifiedOn, let told = reading.modifiedOn { told > modifiedOn && !isOutdated } else { false }
        let hasChanged = if let lastOutcome { lastOutcome != outcome } else { false }
        if open != nil || hasMoved || hasChanged { return outcome }
        guard isProvenByFlag || isProvenByVersion else { return nil }
        return outcome == .success ? .success : .unknown
    }

    /// The last run's times by the platform's clock. A `modifiedOn` that has not moved since is not its end.
    private func platformTimes(_ reading: RunReading) -> PlatformTimes {
        guard reading.outcome != nil, reading.modifiedOn != modifiedOn else { return .unknown }
        return PlatformTimes(start: open?.platformStart, end: reading.modifiedOn)
    }

    /// Brings what is under way, and what is known, up to date with a reply of a known status.
    ///
    /// - Parameter seen: When the last such reply came; `nil` where what runs may have begun before.
    private mutating func follow(_ reading: RunReading, since seen: ClockReading?, at now: ClockReading) {
        if let outcome = reading.outcome {
            open = nil
            lastOutcome = outcome
            isProvenByFlag = false
            isProvenByVersion = false
            pendingStart?.replies += 1
            if let start = pendingStart, start.replies >= Self.repliesToForgetStart { pendingStart = nil }
        } else {
            var run = open ?? OpenRun(id: pendingStart?.id)
            pendingStart = nil
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
        lastSeen = now
        olderReplies = 0
        if let told = reading.modifiedOn {
            modifiedOn = told
            isOutdated = false
        }
    }
}

/// A training reply as far as it tells runs apart.
struct RunReading: Sendable, Hashable {
    var status: TrainingStatus
    /// `trainVersion` of an ML reply.
    var version: Int64?
    /// Whether a sync flag of an ML reply is true that was false when it was last told.
    var flagTurnedTrue = false
    /// `modifiedOn` of an FAQ reply: the time of the last change of the status.
    var modifiedOn: Timestamp?
    /// Why it failed, where the reply says so.
    var reason: String?

    init(_ reply: MLTrainingReply, flagTurnedTrue: Bool) {
        status = reply.status
        version = reply.trainVersion
        self.flagTurnedTrue = flagTurnedTrue
    }

    init(_ reply: FAQTrainingReply) {
        status = reply.status
        modifiedOn = reply.modifiedOn
        reason = reply.reason
    }

    /// How the last run ended, where none is under way.
    var outcome: RunOutcome? {
        switch status {
        case .finished: .success
        case .failed: .failed
        case .queued, .inProgress, .unknown: nil
        }
    }
}

extension RunTracker: Storable {
    func write(to writer: inout FieldWriter) {
        if let lastStart { writer.write(1, lastStart) }
        if let lastCompletion { writer.write(2, lastCompletion) }
        if let lastSuccess { writer.write(3, lastSuccess) }
        if let lastOutcome { writer.write(4, lastOutcome.rawValue) }
        if let open { writer.write(5, open) }
        if let lastSeen { writer.write(6, lastSeen) }
        if let version { writer.write(7, version) }
        if let modifiedOn { writer.write(8, modifiedOn) }
        writer.write(9, Int64(olderReplies))
        writer.write(10, isProvenByFlag)
        writer.write(11, isProvenByVersion)
        writer.write(12, isOutdated)
        if let pendingStart {
            writer.write(13, pendingStart.id)
            writer.write(14, Int64(pendingStart.replies))
        }
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init()
        while let field = try reader.next() {
            switch field.number {
            case 1: lastStart = try field.timestamp()
            case 2: lastCompletion = try field.timestamp()
            case 3: lastSuccess = try field.timestamp()
            case 4: lastOutcome = try field.word(orElse: .unknown)
            case 5: open = try field.stored()
            case 6: lastSeen = try field.stored()
            case 7: version = try field.int64()
            case 8: modifiedOn = try field.timestamp()
            case 9: olderReplies = Int(min(max(0, try field.int64()), Int64(Self.olderRepliesToBelieve)))
            case 10: isProvenByFlag = try field.bool()
            case 11: isProvenByVersion = try field.bool()
            case 12: isOutdated = try field.bool()
            case 13: pendingStart = PendingStart(id: try field.string())
            case 14: pendingStart?.replies = Int(min(max(0, try field.int64()), Int64(Self.repliesToForgetStart)))
            default: break
            }
        }
    }
}
