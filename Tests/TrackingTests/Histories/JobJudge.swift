import Exposition
import KoreAI

@testable import Tracking

/// Plays a history of exports to a tracker and compares.
enum JobJudge {
    /// - Returns: In what they differ; `nil` where they agree.
    static func disagreement(_ history: JobHistory) -> String? {
        // By the reply that shows them; of two, the one that began earlier comes first.
        let visible = VisibleJobs(history).jobs.enumerated()
            .sorted { ($0.element.reply, $0.offset) < ($1.element.reply, $1.offset) }.map(\.element)
        var tracker = ExportTracker()
        var shown = visible[...]
        var plain = -1
        for poll in history.polls {
            let before = tracker.totals
            let ended = tracker.observe(poll.reply(skew: history.skew), at: poll.moment)
            if poll.kind == .plain { plain += 1 }
            let expected = poll.kind == .plain ? Array(shown.prefix { $0.reply == plain }) : []
            shown = shown.dropFirst(expected.count)
            if let difference = Comparison.difference(ended, expected) { return "at \(poll.time): \(difference)" }
            if let broken = Comparison.brokenInvariant(before, tracker.totals) { return "at \(poll.time): \(broken)" }
        }
        let failures = visible.count { $0.outcome == .failure }
        let counts = Counts(visible.count, failures, visible.count { $0.duration != nil })
        let counted = Counts(
            Int(tracker.totals.ended),
            Int(tracker.totals.failed),
            Int(tracker.totals.durations.count)
        )
        if counts != counted { return "\(counted), not \(counts)" }
        if let last = visible.last, tracker.lastDuration != last.duration {
            return "last \(tracker.lastDuration as Any)"
        }
        let status = history.polls.last { $0.kind != .old }.map { $0.reply(skew: 0).status }
        if tracker.reply?.status != status { return "status \(tracker.reply?.status as Any), not \(status as Any)" }
        return nil
    }
}
