import Exposition
import KoreAI
import Model

/// The state of one bot's export jobs.
struct ExportTracker: RunCounting, Hashable {
    static let bounds = ExportFamilies.durationBounds

    /// The last reply. Of its download link, which is a secret, only whether there was one is kept.
    var reply: MLExportReply?
    var jobs = JobTracker()
    var totals = RunTotals(bounds: bounds)
    /// Milliseconds, of the last job that ended; `nil` where that one's is not known.
    var lastDuration: Int64?

    /// Takes in a reply. One that is older than what is known changes nothing.
    ///
    /// - Returns: The jobs that ended since the last reply, in their order.
    mutating func observe(_ reply: MLExportReply, at now: ClockReading) -> [EndedRun] {
        if self.reply == nil { totals.created = now.wall }
        guard let ended = jobs.observe(JobReading(reply), at: now) else { return [] }
        self.reply = reply
        self.reply?.downloadURL = reply.downloadURL.map { _ in Secret("") }
        for job in ended { totals.add(job) }
        if let last = ended.last {
            lastDuration = last.duration
        } else if totals.ended == 0, lastDuration == nil {
            // The job that the first reply showed as already ended is no event, but it is the last one.
            lastDuration = JobReading(reply).duration
        }
        return ended
    }

    /// All series of the target, as the last reply and everything before it gave them.
    func families(bot: String) -> [FamilySamples] {
        ExportFamilies.ofJobs.samples(of: self, [bot, "ml_utterances"])
    }
}

extension ExportTracker: Storable {
    func write(to writer: inout FieldWriter) {
        if let reply { writer.write(1, reply) }
        writer.write(2, jobs)
        writer.write(3, totals)
        if let lastDuration { writer.write(4, lastDuration) }
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init()
        while let field = try reader.next() {
            switch field.number {
            case 1: reply = try field.stored()
            case 2: jobs = try field.stored()
            case 3: totals = try RunTotals(from: field.message(), bounds: Self.bounds)
            case 4: lastDuration = try field.int64()
            default: break
            }
        }
    }
}

extension MLExportReply: Storable {
    /// All but the download link, which is a secret: of it only whether there was one.
    func write(to writer: inout FieldWriter) {
        writer.write(1, status.rawValue)
        if let id { writer.write(2, id) }
        if let percentComplete { writer.write(3, percentComplete) }
        if let createdOn { writer.write(4, createdOn) }
        if let lastModified { writer.write(5, lastModified) }
        if let requestedTime { writer.write(6, requestedTime) }
        if let fileType { writer.write(7, fileType) }
        writer.write(8, downloadURL != nil)
        if let reason { writer.write(9, reason) }
    }

    init(from reader: consuming FieldReader) throws(StoredFormError) {
        self.init(status: .unknown)
        while let field = try reader.next() {
            switch field.number {
            case 1: status = try field.word(orElse: .unknown)
            case 2: id = try field.string()
            case 3: percentComplete = try field.double()
            case 4: createdOn = try field.timestamp()
            case 5: lastModified = try field.timestamp()
            case 6: requestedTime = try field.timestamp()
            case 7: fileType = try field.string()
            case 8: downloadURL = try field.bool() ? Secret("") : nil
            case 9: reason = try field.string()
            default: break
            }
        }
    }
}
