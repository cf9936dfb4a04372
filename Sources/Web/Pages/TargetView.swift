/// A target as the templates show it.
struct TargetView {
    let name: String
    let status: String
    let attention: String
    /// What the status amounts to, whether or not it is the last word.
    let kind: String
    let running: String?
    /// The age of the data; `nil` where there are none.
    let age: String?
    let flags: FlagGrid?
    /// In whole percent.
    let progress: Int?
    /// Why polls fail, in one word.
    let failure: String?
    let counts: String?

    init(_ target: TargetStatus, now: Double) {
        name = HumanText.target(collector: target.collector, language: target.language, state: target.state)
        status = target.status?.replacing("_", with: " ") ?? "unknown"
        attention = target.attention.rawValue
        running = target.runningSince.map { since in
            let usual = target.meanDuration.map { ", usually \(HumanText.duration($0))" } ?? ""
            return "running for \(HumanText.duration(now - since))\(usual)"
        }
        age = target.lastSuccess.map { HumanText.duration(now - $0) }
        flags = FlagGrid(target.flags, now: now)
        progress = target.progress.map { Int($0 * 100) }
        failure = target.failure?.reason
        kind = Self.kind(target.status)
        counts = target.ended == 0 ? nil : "\(target.ended) ended, \(target.failed) failed"
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
