import Exposition
import Polling
import Tracking

/// What a running exporter's `/metrics` tells of its targets.
struct ExporterPage {
    /// One for each target that the exporter polls, in their order.
    let rows: [StatusRow]

    init(_ text: String) {
        var rows: [[String]: StatusRow] = [:]
        func see(_ key: [String], _ change: (inout StatusRow) -> Void) {
            var row =
                rows[key]
                ?? StatusRow(bot: key[0], kind: key[1], language: key[2], state: key[3], status: "unknown")
            change(&row)
            rows[key] = row
        }
        for line in text.split(separator: "\n") {
            guard let line = ExpositionLine(line), let family = Self.families[line.name], line.labels["bot"] != nil
            else { continue }
            see(Self.key(of: line.labels, ofTraining: family.kind)) { family.see(line, &$0) }
        }
        self.rows = rows.values.sorted(by: StatusRow.precedes)
    }

    /// What a family tells of a row.
    private struct Reading: Sendable {
        /// Of families without a label that tells.
        var kind: String?
        var see: @Sendable (ExpositionLine, inout StatusRow) -> Void
    }

    /// The families that are read, by name.
    private static let families: [String: Reading] = [
        TrainingFamilies.status.name: Reading { line, row in
            if line.value == 1 { row.status = line.labels["status"] ?? row.status }
        },
        TrainingFamilies.lastCompletion.name: Reading { line, row in row.changed = line.value },
        TrainingFamilies.inSync.name: Reading(kind: "ml") { line, row in
            if line.value == 0, let component = line.labels["component"] { row.outOfSync.append(component) }
        },
        ExportFamilies.status.name: Reading(kind: "export") { line, row in
            if line.value == 1 { row.status = line.labels["status"] ?? row.status }
        },
        ExportFamilies.progress.name: Reading(kind: "export") { line, row in
            row.progress = line.value < 1 ? line.value : nil
        },
        ExportFamilies.lastUpdate.name: Reading(kind: "export") { line, row in row.changed = line.value },
        PollFamilies.failing.name: Reading { line, row in row.failure = line.labels["reason"] },
        PollFamilies.up.name: Reading { _, _ in },
    ]

    private static func key(of labels: [String: String], ofTraining kind: String?) -> [String] {
        let collectors = ["ml_training": "ml", "faq_training": "faq", "ml_export": "export"]
        let kind = kind ?? labels["engine"] ?? labels["collector"].flatMap { collectors[$0] } ?? ""
        return [labels["bot"] ?? "", kind, labels["language"] ?? "", labels["state"] ?? ""]
    }
}
