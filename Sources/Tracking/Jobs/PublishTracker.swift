import Exposition
package import KoreAI
import Model

/// The state of one bot's publishes.
struct PublishTracker: RunCounting, Hashable {
    static let bounds = PublishFamilies.durationBounds

    /// The last reply.
    var reply: PublishReply?
    var jobs = JobTracker()
    var totals = RunTotals(bounds: bounds)
    /// The last publish that ended; `nil` before one was shown.
    var last: LastPublish?
    /// When the last publish ended that went well.
    var lastSuccess: Timestamp?

    /// The last publish that ended.
    struct LastPublish: Sendable, Hashable {
        /// When the publish ended, by the platform's clock; where it does not tell, between the polls around the end.
        var completion: Timestamp?
        /// Milliseconds; `nil` where it is not known.
        var duration: Int64?
        var parts: [PublishReply.Part]

        /// Names of the parts that failed, in order.
        var failedParts: [String] { parts.filter { $0.status == .failed }.map(\.name) }

        /// The parts that ended, and whether each failed, in order.
        var endedParts: [(String, Bool)] {
            parts.compactMap { part in
                switch part.status {
                case .success: (part.name, false)
                case .failed: (part.name, true)
                case .pending, .inProgress, .unknown: nil
                }
            }
        }
    }

    /// Takes in a reply. One that is older than what is known changes nothing.
    ///
    /// - Returns: The publishes that ended since the last reply, in their order.
    mutating func observe(_ reply: PublishReply, at now: ClockReading) -> [EndedRun] {
        if self.reply == nil { totals.created = now.wall }
        let reading = JobReading(reply)
        let known = jobs.job?.identity
        guard let ended = jobs.observe(reading, at: now) else { return [] }
        self.reply = reply
        for run in ended {
            totals.add(run)
            last = LastPublish(completion: run.end, duration: run.duration, parts: [])
            if run.outcome == .success { lastSuccess = run.end }
        }
        if let outcome = reading.outcome {
            // It just ended, or it is the one that the first reply showed, which is no event, or the same one again, of
            // which the reply may tell more.
            let isKnown = known.map { !JobIdentity(reading).isOther(than: $0) } ?? false
            let completion = reply.lastModified ?? last?.completion
            last = LastPublish(
                completion: completion,
                duration: !ended.isEmpty || isKnown && last != nil ? last?.duration : reading.duration,
                parts: reply.parts
            )
            if outcome == .success { lastSuccess = completion }
        }
        return ended
    }

    /// All series of the target, as the last reply and everything before it gave them.
    func families(bot: String) -> [FamilySamples] {
        PublishFamilies.ofPublishes.samples(of: self, [bot])
    }
}

extension PublishReply {
    /// How much is done, from 0 to 1; `nil` where the platform does not tell.
    package var progress: Double? { percentComplete?.ratio }
}

extension MLExportReply {
    /// How much is done, from 0 to 1; `nil` where the platform does not tell.
    package var progress: Double? { percentComplete?.ratio }
}

extension Double {
    /// A percentage as a ratio from 0 to 1; `nil` where it is not a number.
    fileprivate var ratio: Double? { isNaN ? nil : min(max(self / 100, 0), 1) }
}

extension PublishTracker: Storable {
    func write(to writer: inout FieldWriter) {
        if let reply { writer.write(1, reply) }
        writer.write(2, jobs)
        writer.write(3, totals)
        if let last { writer.write(4, last) }
        if let lastSuccess { writer.write(5, lastSuccess) }
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init()
        while let field = try reader.next() {
            switch field.number {
            case 1: reply = try field.stored()
            case 2: jobs = try field.stored()
            case 3: totals = try RunTotals(from: field.message(), bounds: Self.bounds)
            case 4: last = try field.stored()
            case 5: lastSuccess = try field.timestamp()
            default: break
            }
        }
    }
}

extension PublishTracker.LastPublish: Storable {
    func write(to writer: inout FieldWriter) {
        if let completion { writer.write(1, completion) }
        if let duration { writer.write(2, duration) }
        for part in parts { writer.write(3, part) }
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init(completion: nil, duration: nil, parts: [])
        while let field = try reader.next() {
            switch field.number {
            case 1: completion = try field.timestamp()
            case 2: duration = try field.int64()
            case 3: parts.append(try field.stored())
            default: break
            }
        }
    }
}

extension PublishReply: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, status.rawValue)
        if let id { writer.write(2, id) }
        if let percentComplete { writer.write(3, percentComplete) }
        if let requestedTime { writer.write(4, requestedTime) }
        if let initiatedOn { writer.write(5, initiatedOn) }
        if let lastModified { writer.write(6, lastModified) }
        for part in parts { writer.write(7, part) }
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init(status: .unknown)
        while let field = try reader.next() {
            switch field.number {
            case 1: status = try field.word(orElse: .unknown)
            case 2: id = try field.string()
            case 3: percentComplete = try field.double()
            case 4: requestedTime = try field.timestamp()
            case 5: initiatedOn = try field.timestamp()
            case 6: lastModified = try field.timestamp()
            case 7: parts.append(try field.stored())
            default: break
            }
        }
    }
}

extension PublishReply.Part: Storable {
    func write(to writer: inout FieldWriter) {
        writer.write(1, name)
        writer.write(2, status.rawValue)
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init(name: "", status: .unknown)
        while let field = try reader.next() {
            switch field.number {
            case 1: name = try field.string()
            case 2: status = try field.word(orElse: .unknown)
            default: break
            }
        }
    }
}
