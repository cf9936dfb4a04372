import KoreAI

/// Rows under headings, for people.
struct StatusTable {
    private static let headings = ["BOT", "KIND", "LANGUAGE", "STATE", "STATUS", "CHANGED", "OUT OF SYNC"]

    let rows: [StatusRow]

    /// - Parameters:
    ///   - columns: Longer lines are cut; `nil` for no limit.
    ///   - now: For how long ago something was, in seconds since 1970.
    func lines(columns: Int?, colours: Bool, now: Double) -> [String] {
        let paint = Paint(isOn: colours)
        let cells = rows.map { Self.cells(of: $0, now: now) }
        let widths = Self.headings.indices.map { column in
            ([Self.headings] + cells).map { $0[column].count }.max() ?? 0
        }
        // A column that says nothing of any row is left out.
        let shown = Self.headings.indices.filter { column in cells.contains { !$0[column].isEmpty } }
        func line(_ cells: [String], colour: Paint.Colour?) -> String {
            var left = columns ?? .max
            var line = ""
            for (place, column) in shown.enumerated() {
                let isLast = place == shown.count - 1
                var text = isLast ? cells[column] : cells[column].padded(to: widths[column])
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
                switch row.standing {
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
