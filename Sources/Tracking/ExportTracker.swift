import Exposition
import KoreAI
import Secrets

/// What is known of one bot's export jobs.
struct ExportTracker: Sendable, Hashable {
    /// Of export jobs, in seconds.
    static let bounds: [Double] = [1, 2.5, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600]

    /// The last reply. Of its download link, which is a secret, only whether there was one is kept.
    var reply: MLExportReply?
    var jobs = JobTracker()
    var totals = RunTotals(bounds: bounds)
    /// Milliseconds, of the last job that ended; `nil` where that one's is not known.
    var lastDuration: Int64?

    /// Takes in a reply. One that is older than what is known changes nothing.
    ///
    /// - Returns: The jobs that ended since the last reply, in their order.
    mutating func observe(_ reply: MLExportReply, at now: Moment) -> [EndedRun] {
        if self.reply == nil { totals.created = now.wall }
        guard let ended = jobs.observe(reply, at: now) else { return [] }
        self.reply = reply
        self.reply?.downloadURL = reply.downloadURL.map { _ in Secret("") }
        for job in ended {
            totals.add(job)
        }
        if let last = ended.last {
            lastDuration = last.duration
        } else if totals.ended == 0, lastDuration == nil {
            // The job that the first reply showed as already ended is no event, but it is the last one.
            lastDuration = ExportDuration.milliseconds(of: reply)
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
        let statuses = ExportStatus.allCases.map { Sample(labels + [$0.rawValue], isTrue: $0 == reply?.status) }
            .sorted()
        return [
            FamilySamples(ExportFamilies.status, group: group, statuses),
            number(
                ExportFamilies.progress,
                reply?.percentComplete.flatMap { $0.isNaN ? nil : min(max($0 / 100, 0), 1) }
            ),
            number(ExportFamilies.start, reply.flatMap { ExportDuration.start(of: $0)?.seconds }),
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
