import Exposition
package import KoreAI
package import Model

/// The state of one training target.
struct TrainingTracker: RunCounting, Hashable {
    static let bounds = TrainingFamilies.durationBounds

    let engine: Engine
    var status: TrainingStatus?
    var runs = RunTracker()
    var totals = RunTotals(bounds: bounds)
    var drifts = DriftTracker()
    /// The platform's `nlpVersion` as last told: replies leave it out while a training runs.
    var nlpVersion: Int64?

    init(engine: Engine) {
        self.engine = engine
    }

    /// Takes in a reply. One that is older than what is known changes nothing.
    ///
    /// - Returns: The runs that ended since the last reply, in their order.
    mutating func observe(_ reply: MLTrainingReply, at now: ClockReading) -> [EndedRun] {
        let reading = RunReading(reply, flagTurnedTrue: drifts.turnTrue(in: reply.syncFlags))
        let isFirst = runs.lastSeen == nil
        guard let ended = observe(reading, at: now) else { return [] }
        nlpVersion = reply.nlpVersion ?? nlpVersion
        drifts.observe(reply.syncFlags, isFinished: reply.status == .finished, at: now.wall)
        if reading.outcome != nil, isFirst || !ended.isEmpty { drifts.runEnded() }
        return ended
    }

    /// Takes in a reply. One that is older than what is known changes nothing.
    ///
    /// - Returns: The runs that ended since the last reply, in their order.
    mutating func observe(_ reply: FAQTrainingReply, at now: ClockReading) -> [EndedRun] {
        observe(RunReading(reply), at: now) ?? []
    }

    private mutating func observe(_ reading: RunReading, at now: ClockReading) -> [EndedRun]? {
        if status == nil { totals.created = now.wall }
        guard let ended = runs.observe(reading, at: now) else { return nil }
        status = reading.status
        for run in ended { totals.add(run) }
        return ended
    }

    /// All series of the target, as the last reply and everything before it gave them.
    func families(bot: String, language: String, state: String) -> [FamilySamples] {
        let families = TrainingFamilies.ofRuns.samples(of: self, [bot, engine.rawValue, language, state])
        guard engine == .ml else { return families }
        return families + TrainingFamilies.ofModel.samples(of: self, [bot, language, state])
    }
}

extension TrainingTracker {
    func write(to writer: inout FieldWriter) {
        if let status { writer.write(1, status.rawValue) }
        writer.write(2, runs)
        writer.write(3, totals)
        writer.write(4, drifts)
        if let nlpVersion { writer.write(5, nlpVersion) }
    }

    init(from reader: consuming FieldReader, engine: Engine) throws(StoredFormError) {
        self.init(engine: engine)
        while let field = try reader.next() {
            switch field.number {
            case 1: status = try field.word(orElse: .unknown)
            case 2: runs = try field.stored()
            case 3: totals = try RunTotals(from: field.message(), bounds: Self.bounds)
            case 4: drifts = try field.stored()
            case 5: nlpVersion = try field.int64()
            default: break
            }
        }
    }
}

/// A good reply about a target.
package enum Observation: Sendable, Hashable {
    case mlTraining(MLTrainingReply)
    case faqTraining(FAQTrainingReply)
    case mlExport(MLExportReply)
    case publish(PublishReply)

    /// Whose reply it is.
    package var collector: Collector {
        switch self {
        case .mlTraining: .mlTraining
        case .faqTraining: .faqTraining
        case .mlExport: .mlExport
        case .publish: .publish
        }
    }

    /// Whether something is queued or running, so that the target is worth asking about again soon.
    package var isActive: Bool {
        switch self {
        case .mlTraining(let reply): reply.status.isActive
        case .faqTraining(let reply): reply.status.isActive
        case .mlExport(let reply): reply.status.isUnderWay
        case .publish(let reply): reply.status.isUnderWay
        }
    }
}

extension TrainingStatus {
    var isActive: Bool { self == .queued || self == .inProgress }
}

/// Arithmetic on times, which are from outside: it ends at the range of an `Int64` instead of trapping.
extension Int64 {
    func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    func subtractingClamped(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }
}
