import Archive
import Model
import Polling
import Settings
import Tracking

/// Lays out the lines that show running actions on a terminal: one each, at most as many as fit.
///
/// It is a value, which takes the time and the terminal's size as arguments.
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
        var text = [row.name.padded(to: nameWidth), row.update.words, row.times(now: now)].filter { !$0.isEmpty }
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
        if case .troubled = row.update { text = paint(text, .yellow) }
        return "\(paint(frame, .green)) \(text)\(bar)"
    }
}

extension String {
    /// The string with spaces at its end, up to the width in characters.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}

/// What a line shows of one action while it goes on.
struct ActionRow {
    let name: String
    /// How long such runs usually take; `nil` where it is not known.
    let usual: Duration?
    var update = ActionUpdate.looking
    /// When the action was first seen to have begun, for the elapsed time.
    var since: ContinuousClock.Instant?

    mutating func see(_ update: ActionUpdate, now: ContinuousClock.Instant) {
        self.update = update
        switch update {
        case .accepted, .queued, .running: since = since ?? now
        case .looking, .waitingForOther, .starting, .awaitingFile, .downloading, .troubled, .ended: break
        }
    }

    var isEnded: Bool {
        if case .ended = update { true } else { false }
    }

    /// The share that is done, from 0 to 1: as the platform tells it, or elapsed over usual time, 0.99 at most.
    func progress(now: ContinuousClock.Instant) -> Double? {
        switch update {
        case .running(let progress?): return progress
        case .queued, .running(nil):
            guard let since, let usual, usual > .zero else { return nil }
            return min((now - since) / usual, 0.99)
        default: return nil
        }
    }

    /// The elapsed and the usual time, or the bytes of a download so far.
    func times(now: ContinuousClock.Instant) -> String {
        if case .downloading(let bytes, _) = update { return ByteCount.text(bytes) }
        guard let since else { return "" }
        let passed = (now - since).forPeople
        return usual.map { "\(passed), usually \($0.forPeople)" } ?? passed
    }
}

/// Formats sizes in bytes for people.
enum ByteCount {
    /// For example `812 B`, `1.4 KiB` or `200 MiB`.
    static func text(_ bytes: Int) -> String {
        var size = Double(bytes)
        for unit in ["B", "KiB", "MiB", "GiB"] {
            if size < 1000 || unit == "GiB" {
                let tenths = (size * 10).rounded() / 10
                let isWhole = unit == "B" || tenths >= 100 || tenths == tenths.rounded()
                return isWhole ? "\(Int(tenths.rounded())) \(unit)" : "\(tenths) \(unit)"
            }
            size /= 1024
        }
        return "\(bytes) B"
    }
}

extension Duration {
    /// The duration for people, in seconds below an hour and coarser above: `0s`, `2m31s`, `3h20m`, `1d5h`.
    var forPeople: String {
        let seconds = max(0, Int64((self / .seconds(1)).rounded()))
        let unit: Int64 = seconds >= 86_400 ? 3600 : seconds >= 3600 ? 60 : 1
        return Duration.seconds(seconds / unit * unit).prometheusText
    }
}

/// How long runs usually take: the median of each target's last successful ones in the store.
enum UsualTimes {
    private static let runs = 15

    /// - Parameter storage: The folder of the exporter's store. An exporter may be using it, and it need not exist.
    static func of(_ actions: [Action], storage: String) async -> [Target: Duration] {
        guard !storage.isEmpty else { return [:] }
        let targets = Set(actions.map(\.poll.target))
        return await Archive.lastDurations(at: storage, of: targets, limit: runs).compactMapValues { durations in
            let sorted = durations.sorted()
            return sorted.isEmpty ? nil : .milliseconds(sorted[sorted.count / 2])
        }
    }
}
