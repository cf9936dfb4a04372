import Exposition
import KoreAI
import Model

/// What is known of one bot's export jobs.
struct ExportTracker: Sendable, Hashable {
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
        for job in ended {
            totals.add(job)
        }
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
        let labels = [bot, "ml_utterances"]
        let group = SeriesGroup(labels)
        func series(_ family: MetricFamily, _ value: Sample.Value?) -> FamilySamples {
            FamilySamples(family, group: group, value.map { [Sample(labels, $0)] } ?? [])
        }
        func number(_ family: MetricFamily, _ value: Double?) -> FamilySamples {
            series(family, value.map { .number($0) })
        }
        func count(_ family: MetricFamily, _ count: UInt64) -> FamilySamples {
            FamilySamples(family, group: group, [Sample(labels, count: count, created: totals.created?.seconds)])
        }
        let statuses = JobStatus.allCases.map { Sample(labels + [$0.rawValue], isTrue: $0 == reply?.status) }
            .sorted()
        return [
            FamilySamples(ExportFamilies.status, group: group, statuses),
            number(
                ExportFamilies.progress,
                reply?.progress
            ),
            number(ExportFamilies.start, reply.flatMap { JobReading($0).start?.seconds }),
            number(ExportFamilies.lastUpdate, reply?.lastModified?.seconds),
            number(ExportFamilies.lastDuration, lastDuration.map { Double($0) / 1000 }),
            FamilySamples(ExportFamilies.duration, group: group, [totals.durationSample(labels)]),
            count(ExportFamilies.jobs, totals.ended),
            count(ExportFamilies.failures, totals.failed),
            series(
                ExportFamilies.downloadAvailable,
                reply?.status == .success ? .count(reply?.downloadURL == nil ? 0 : 1) : nil
            ),
        ]
    }
}

extension ExportTracker: Storable {
    func write(to writer: inout FieldWriter) {
        if let reply { writer.write(1, reply) }
        writer.write(2, jobs)
        writer.write(3, totals)
        if let lastDuration { writer.write(4, lastDuration) }
    }

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init()
        var reader = reader
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

    init(from reader: FieldReader) throws(StoredFormError) {
        self.init(status: .unknown)
        var reader = reader
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
