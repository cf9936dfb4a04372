import FoundationEssentials
package import KoreAI
package import Model
package import Tracking

/// Lays out rows under headings, for people.
package struct StatusTable {
    /// The bot's name is not cut to fewer characters than this.
    private static let shortestName = 8

    private static let headings = ["BOT", "KIND", "LANGUAGE", "STATE", "STATUS", "CHANGED", "OUT OF SYNC"]

    let rows: [StatusRow]

    package init(rows: [StatusRow]) {
        self.rows = rows
    }

    /// - Parameters:
    ///   - columns: The width to which lines are cut, the bot's name first; `nil` for no limit.
    ///   - now: The time that ages are counted to, in seconds since 1970.
    package func lines(columns: Int?, colours: Bool, now: Double) -> [String] {
        let paint = Paint(isOn: colours)
        let cells = rows.map { Self.cells(of: $0, now: now) }
        var widths = Self.headings.indices.map { column in
            ([Self.headings] + cells).map { $0[column].count }.max() ?? 0
        }
        // A column that is empty in every row is left out.
        let shown = Self.headings.indices.filter { column in cells.contains { !$0[column].isEmpty } }
        let width = shown.reduce(2 * max(0, shown.count - 1)) { $0 + widths[$1] }
        if let columns, width > columns {
            widths[0] = max(min(widths[0], Self.shortestName), widths[0] - (width - columns))
        }
        func line(_ cells: [String], colour: Paint.Colour?) -> String {
            var left = columns ?? .max
            var line = ""
            for (place, column) in shown.enumerated() {
                let isLast = place == shown.count - 1
                var text = isLast ? cells[column] : cells[column].padded(to: widths[column])
                if column == 0, text.count > widths[0] { text = String(text.prefix(widths[0] - 1)) + "…" }
                let gap = place == 0 ? "" : "  "
                guard left > gap.count else { break }
                left -= gap.count
                if text.count > left { text = String(text.prefix(left - 1)) + "…" }
                left -= text.count
                line += gap + (column == 4 ? colour.map { paint(text, $0) } ?? text : text)
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
        return [line(Self.headings, colour: nil)]
            + zip(rows, cells).map { row, cells in
                switch row.tone {
                case .fine: line(cells, colour: .green)
                case .active: line(cells, colour: .yellow)
                case .bad: line(cells, colour: .red)
                case .unknown: line(cells, colour: .dim)
                }
            }
    }

    private static func cells(of row: StatusRow, now: Double) -> [String] {
        var status = row.failure.map { "no reply: \($0)" } ?? row.status
        status = status.replacing("_", with: " ")
        if let progress = row.progress { status += " \(Int(progress * 100))%" }
        let changed = row.changed.map { time in
            let ago = now - time
            return ago >= 0 && ago < 1e10 ? Duration.seconds(ago).forPeople + " ago" : "later"
        }
        return [
            row.bot, row.kind, row.language, row.state, status, changed ?? "", row.outOfSync.joined(separator: ", "),
        ]
    }
}

/// The state of one target now, for people and for machines.
package struct StatusRow: Encodable, Equatable {
    /// How good or bad the status is, which chooses the row's colour.
    enum Tone: Equatable {
        case fine
        case active
        case bad
        case unknown
    }

    package var bot: String
    /// `ml`, `faq`, `export` or `publish`.
    var kind: String
    /// Empty for an export or a publish.
    var language = ""
    /// Empty for an export or a publish.
    var state = ""
    /// The platform's status; `unknown` where there is none.
    var status: String
    /// The progress of an export or a publish that runs, from 0 to 1.
    var progress: Double?
    /// When the last run ended, or the status last changed, in seconds since 1970, as far as the source tells.
    var changed: Double?
    /// Components that are out of sync with the model.
    var outOfSync: [String] = []
    /// The reason why the platform gives no usable reply.
    package var failure: String?

    enum CodingKeys: String, CodingKey {
        case bot, kind, language, state, status, progress, changed, failure
        case outOfSync = "out_of_sync"
    }

    var tone: Tone {
        if failure != nil { return .bad }
        switch status {
        case "finished", "success": return .fine
        case "queued", "pending", "in_progress": return .active
        case "failed": return .bad
        default: return .unknown
        }
    }

    /// Whether its last training, export or publish failed.
    package var hasFailed: Bool { failure == nil && tone == .bad }

    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    /// Whether one row comes before another in a table.
    package static func precedes(_ left: StatusRow, _ right: StatusRow) -> Bool {
        let kinds = ["ml", "faq", "export", "publish"]
        func rank(_ row: StatusRow) -> (String, Int, String, String) {
            (row.bot, kinds.firstIndex(of: row.kind) ?? kinds.count, row.language, row.state)
        }
        return rank(left) < rank(right)
    }
}

extension StatusRow {
    static func kind(of collector: Collector) -> String {
        switch collector {
        case .mlTraining: "ml"
        case .faqTraining: "faq"
        case .mlExport: "export"
        case .publish: "publish"
        }
    }

    package init(_ target: Target, _ result: Result<Observation, APIError>) {
        self.init(
            bot: target.bot,
            kind: Self.kind(of: target.collector),
            language: target.language,
            state: target.state,
            status: "unknown"
        )
        switch result {
        case .success(.mlTraining(let reply)):
            status = reply.status.rawValue
            outOfSync = reply.syncFlags.filter { !$0.inSync }.map(\.component)
        case .success(.faqTraining(let reply)):
            status = reply.status.rawValue
            changed = reply.modifiedOn?.seconds
        case .success(.mlExport(let reply)):
            status = reply.status.rawValue
            changed = reply.lastModified?.seconds
            if reply.status == .inProgress { progress = reply.progress }
        case .success(.publish(let reply)):
            status = reply.status.rawValue
            changed = reply.lastModified?.seconds
            if reply.status == .inProgress { progress = reply.progress }
        case .failure(let error):
            failure = error.reason.rawValue
        }
    }
}
