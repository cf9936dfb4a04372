import KoreAI
import Model

/// An export or a publish as the replies show it.
struct SeenJob: Sendable, Hashable {
    var identity: JobIdentity
    /// The job as it was seen under way; `nil` when it has ended, and where its end is not to be counted.
    var open: OpenRun?
    /// Whether the last reply showed that it has ended.
    var isEnded: Bool
    /// The latest `lMod` that any reply gave it.
    var lastModified: Timestamp?
    /// The `lMod` of what ended before: of an older job, or of the same one where it now runs again.
    var modifiedBefore: Timestamp?
    var runsAgain = false

    /// - Parameter modifiedBefore: The `lMod` of the job before it.
    init(_ reading: JobReading, _ identity: JobIdentity, open: OpenRun?, modifiedBefore: Timestamp? = nil) {
        self.identity = identity
        self.open = open
        self.modifiedBefore = modifiedBefore
        isEnded = reading.outcome != nil
        lastModified = reading.lastModified
    }

    /// Whether a reply about the same job is from before what is known of it.
    func isAhead(of reading: JobReading) -> Bool {
        guard let lastModified, let told = reading.lastModified else { return false }
        if isEnded, reading.status.isUnderWay { return told <= lastModified }
        if open != nil, reading.outcome != nil {
            return if runsAgain, let modifiedBefore { told <= modifiedBefore } else { false }
        }
        return told.milliseconds < lastModified.milliseconds.subtractingClamped(JobReading.rounding)
    }

    /// Takes in a reply about the same job.
    mutating func goOn(_ reading: JobReading, _ told: JobIdentity, since seen: ClockReading, at now: ClockReading) {
        let movedOn = reading.lastModified.flatMap { told in lastModified.map { told > $0 } }
        if open == nil, reading.status.isUnderWay, movedOn ?? isEnded {
            open = OpenRun(lastSeenBefore: isEnded ? seen : nil, firstSeenRunning: now)
            modifiedBefore = lastModified
            runsAgain = true
        }
        identity.merge(told)
        isEnded = reading.outcome != nil
        lastModified = [lastModified, reading.lastModified].compactMap(\.self).max()
    }

    /// The job's end, where another job has taken its place.
    ///
    /// - Returns: `nil` where it has been counted.
    func replaced(in span: Span) -> EndedRun? {
        guard let open else { return nil }
        let start = identity.createdOn ?? identity.requestedTime
        var run = EndedRun(.unknown, open: open, ended: span, platform: PlatformTimes(start: start, end: nil))
        run.id = identity.shownID
        return run
    }

    /// Its times by the platform's clock, now that it has ended.
    ///
    /// A job that shows no later `lMod` than the one that ended before it has no times of its own, as in the documented
    /// sample; and a job that runs again began later than its times say.
    func ownTimes(_ reading: JobReading) -> PlatformTimes {
        if runsAgain { return .unknown }
        if let modifiedBefore, let told = reading.lastModified, told <= modifiedBefore { return .unknown }
        return reading.times
    }
}

/// The identity of an export or publish. The platform may use an id again for a later request.
struct JobIdentity: Sendable, Hashable {
    var id: String?
    var createdOn: Timestamp?
    var requestedTime: Timestamp?

    init(_ reading: JobReading) {
        id = reading.id
        createdOn = reading.createdOn
        requestedTime = reading.requestedTime
    }

    /// The job's id as it may be shown.
    var shownID: String? { RunID.shown(id) }

    /// Whether a field that both have differs. A field that a reply leaves out proves nothing.
    func isOther(than known: JobIdentity) -> Bool {
        differ(id, known.id) || differ(createdOn, known.createdOn) || differ(requestedTime, known.requestedTime)
    }

    /// Whether this is a job from before the other one: one of its times is earlier and none is later.
    func isOlder(than known: JobIdentity) -> Bool {
        if isEarlier(known.createdOn, createdOn) || isEarlier(known.requestedTime, requestedTime) { return false }
        return isEarlier(createdOn, known.createdOn) || isEarlier(requestedTime, known.requestedTime)
    }

    /// Takes in what another reply tells of the same job.
    mutating func merge(_ told: JobIdentity) {
        id = told.id ?? id
        createdOn = told.createdOn ?? createdOn
        requestedTime = told.requestedTime ?? requestedTime
    }

    private func differ<Value: Equatable>(_ told: Value?, _ known: Value?) -> Bool {
        if let told, let known { told != known } else { false }
    }

    private func isEarlier(_ time: Timestamp?, _ other: Timestamp?) -> Bool {
        if let time, let other { time < other } else { false }
    }
}

extension SeenJob: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, identity)
        if let open { writer.write(2, open) }
        writer.write(3, isEnded)
        if let lastModified { writer.write(4, lastModified) }
        if let modifiedBefore { writer.write(5, modifiedBefore) }
        writer.write(6, runsAgain)
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        let none = JobReading(status: .unknown)
        self.init(none, JobIdentity(none), open: nil)
        while let field = try reader.next() {
            switch field.number {
            case 1: identity = try field.stored()
            case 2: open = try field.stored()
            case 3: isEnded = try field.bool()
            case 4: lastModified = try field.timestamp()
            case 5: modifiedBefore = try field.timestamp()
            case 6: runsAgain = try field.bool()
            default: break
            }
        }
    }
}

extension JobIdentity: Storable {
    func write(to writer: inout FieldWriter) {
        if let id { writer.write(1, id) }
        if let createdOn { writer.write(2, createdOn) }
        if let requestedTime { writer.write(3, requestedTime) }
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        while let field = try reader.next() {
            switch field.number {
            case 1: id = try field.string()
            case 2: createdOn = try field.timestamp()
            case 3: requestedTime = try field.timestamp()
            default: break
            }
        }
    }
}
