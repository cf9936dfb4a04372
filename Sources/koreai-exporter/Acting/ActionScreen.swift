import Actions

/// The lines on a terminal that show how actions go: one each, at most as many as fit.
///
/// A value: it takes the time and the terminal's size as arguments.
struct ActionScreen {
    private static let spinner = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
    private static let spinnerStep = Duration.milliseconds(100)
    private static let longestBar = 40
    private static let shortestBar = 8

    var rows: [ActionRow]
    let start: ContinuousClock.Instant

    func lines(columns: Int, rows height: Int, colours: Bool, now: ContinuousClock.Instant) -> [String] {
        let running = rows.filter { !$0.isEnded }
        let most = max(1, height - 2)
        let longest = running.map(\.name.count).max() ?? 0
        var lines = running.prefix(running.count > most ? most - 1 : most).map {
            line($0, nameWidth: longest, columns: columns, colours: colours, now: now)
        }
        if lines.count < running.count { lines.append("  and \(running.count - lines.count) more") }
        return lines
    }

    private func line(
        _ row: ActionRow,
        nameWidth: Int,
        columns: Int,
        colours: Bool,
        now: ContinuousClock.Instant
    ) -> String {
        let paint = Paint(isOn: colours)
        let step = Int((now - start) / Self.spinnerStep)
        let frame = String(Self.spinner[max(0, step) % Self.spinner.count])
        var text = [row.name.padded(to: nameWidth), row.sight.words, row.times(now: now)].filter { !$0.isEmpty }
            .joined(separator: "  ")
        let left = columns - 3 - text.count
        var bar = ""
        if let progress = row.progress(now: now), left >= Self.shortestBar + 7 {
            let width = min(Self.longestBar, left - 7)
            let filled = Int(Double(width) * progress)
            let percent = "\(Int(progress * 100))%"
            bar = "  " + paint(String(repeating: "█", count: filled), .green)
            bar += paint(String(repeating: "░", count: width - filled), .dim) + " " + percent
        }
        if text.count > columns - 3 { text = text.prefix(max(0, columns - 4)) + "…" }
        if case .troubled = row.sight { text = paint(text, .yellow) }
        return "\(paint(frame, .green)) \(text)\(bar)"
    }
}

extension String {
    /// With spaces at its end.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
