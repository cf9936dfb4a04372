/// A target as the templates show it.
struct TargetView {
    /// What is running, and for how long beside what is usual.
    struct Running {
        let text: String
        /// Seconds, of `usual`; `nil` where nobody knows what is usual.
        let bar: Bar?
        let isLate: Bool
    }

    struct Bar {
        let value: Int
        let most: Int
    }

    /// A run that takes so many times as long as usual stands out, as the alerts have it.
    private static let lateFactor = 2.0

    let name: String
    let status: String
    /// What the status amounts to, whether or not it is the last word.
    let kind: String
    let running: Running?
    /// The age of the data; `nil` where there are none.
    let age: String?
    let ageTitle: String
    let flags: FlagGrid?
    /// In whole percent, of an export that is under way or that stopped there.
    let progress: Int?
    /// Why polls fail, in one word.
    let failure: String?
    let ended: UInt64
    let failed: UInt64
    let hasFailed: Bool
    let usual: String

    init(_ target: TargetStatus, now: Double) {
        name = HumanText.target(collector: target.collector, language: target.language, state: target.state)
        status = target.isBlank ? "none yet" : target.status?.replacing("_", with: " ") ?? "unknown"
        running = target.runningSince.map { Self.running(since: $0, usual: target.meanDuration, now: now) }
        age = target.lastSuccess.map { HumanText.duration(now - $0) }
        ageTitle = target.lastSuccess.map { "The last good reply came at \(HumanText.time($0))" } ?? ""
        flags = FlagGrid(target.flags, now: now)
        progress = target.status == "success" ? nil : target.progress.map { Int($0 * 100) }
        failure = target.failure?.reason
        kind = Self.kind(target.status)
        (ended, failed, hasFailed) = (target.ended, target.failed, target.failed > 0)
        usual = target.meanDuration.map(HumanText.duration) ?? "not known"
    }

    private static func running(since start: Double, usual: Double?, now: Double) -> Running {
        let elapsed = now - start
        guard let usual, usual >= 1 else {
            return Running(text: "for \(HumanText.duration(elapsed))", bar: nil, isLate: false)
        }
        return Running(
            text: "for \(HumanText.duration(elapsed)), usually \(HumanText.duration(usual))",
            bar: Bar(value: Int(max(0, min(elapsed, usual))), most: Int(min(usual, 1e12))),
            isLate: elapsed > usual * lateFactor
        )
    }

    private static func kind(_ status: String?) -> String {
        switch status {
        case "finished", "success": "fine"
        case "failed": "failed"
        case "queued", "pending", "in_progress": "active"
        default: "unknown"
        }
    }
}
