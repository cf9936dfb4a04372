import Exposition
import KoreAI

/// The series of one bot's export target.
struct ExportSamples {
    private let labels: [String]
    private var status: [Sample] = []
    private var progress: [Sample] = []
    private var start: [Sample] = []
    private var lastUpdate: [Sample] = []
    private var lastDuration: [Sample] = []
    private var downloadAvailable: [Sample] = []

    init(bot: String) {
        self.labels = [bot, "ml_utterances"]
    }

    mutating func add(_ reply: MLExportReply) {
        status = ExportStatus.allCases.map { Sample(labels + [$0.rawValue], isTrue: $0 == reply.status) }.sorted()
        progress = series(reply.percentComplete.map { min(max($0 / 100, 0), 1) })
        start = series((reply.createdOn ?? reply.requestedTime)?.seconds)
        lastUpdate = series(reply.lastModified?.seconds)
        if reply.status == .success {
            downloadAvailable = [Sample(labels, isTrue: reply.downloadURL != nil)]
        }
        lastDuration = series(ExportDuration.seconds(of: reply))
    }

    var families: [FamilySamples] {
        let group = SeriesGroup(labels)
        return [
            FamilySamples(ExportFamilies.status, group: group, status),
            FamilySamples(ExportFamilies.progress, group: group, progress),
            FamilySamples(ExportFamilies.start, group: group, start),
            FamilySamples(ExportFamilies.lastUpdate, group: group, lastUpdate),
            FamilySamples(ExportFamilies.lastDuration, group: group, lastDuration),
            FamilySamples(ExportFamilies.downloadAvailable, group: group, downloadAvailable),
        ]
    }

    private func series(_ value: Double?) -> [Sample] {
        value.map { [Sample(labels, number: $0)] } ?? []
    }
}
