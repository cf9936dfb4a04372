import Exposition
import KoreAI

@testable import Tracking

/// Plays a history to a tracker and compares.
enum TrainingJudge {
    /// - Returns: In what they differ; `nil` where they agree.
    static func disagreement(_ history: TrainingHistory) -> String? {
        let visible = VisibleRuns(history)
        var tracker = TrainingTracker(engine: history.engine)
        var shown = visible.runs[...]
        var plain = -1
        for sight in history.sights {
            let before = tracker.totals
            let ended: [EndedRun]
            switch history.engine {
            case .ml: ended = tracker.observe(sight.mlReply, at: sight.moment)
            case .faq: ended = tracker.observe(sight.faqReply(skew: history.skew), at: sight.moment)
            }
            if sight.kind == .plain { plain += 1 }
            let expected = sight.kind == .plain ? Array(shown.prefix { $0.reply == plain }) : []
            shown = shown.dropFirst(expected.count)
            if let difference = Comparison.difference(ended, expected) { return "at \(sight.time): \(difference)" }
            if let broken = Comparison.brokenInvariant(before, tracker.totals) { return "at \(sight.time): \(broken)" }
        }
        if tracker.totals.ended != visible.runs.count {
            return "\(tracker.totals.ended) runs, not \(visible.runs.count)"
        }
        if history.hasFlags, let difference = differenceOfDrifts(tracker, history) { return difference }
        return differenceOfGauges(tracker, history)
    }

    /// Each component by itself: the values that replies told of it, one after the other.
    private static func differenceOfDrifts(_ tracker: TrainingTracker, _ history: TrainingHistory) -> String? {
        let sights = history.sights.filter { $0.kind != .old }
        for component in TruePlatform.components {
            var told: [(moment: Moment, inSync: Bool)] = []
            for sight in sights {
                if let flag = sight.flags.first(where: { $0.component == component }) {
                    told.append((sight.moment, flag.inSync))
                }
            }
            let drift = tracker.drifts.drifts.first { $0.component == component }
            guard let last = told.last else {
                if drift != nil { return "\(component) is known, and no reply told it" }
                continue
            }
            let count = zip(told, told.dropFirst()).count { $0.inSync && !$1.inSync }
            let since = told[((told.lastIndex { $0.inSync } ?? -1) + 1)...].first?.moment.wall
            let isTold = sights.last?.flags.contains { $0.component == component } ?? false
            let expected = DriftTracker.Drift(
                component: component,
                inSync: last.inSync,
                isTold: isTold,
                since: since,
                count: UInt64(count)
            )
            if drift != expected { return "\(String(describing: drift)), not \(expected)" }
        }
        return nil
    }

    private static func differenceOfGauges(_ tracker: TrainingTracker, _ history: TrainingHistory) -> String? {
        let sights = history.sights.filter { $0.kind == .plain }
        let isRunning = sights.map { history.engine == .faq ? !$0.isFinal : $0.status == .inProgress }
        // The first sight of the run that was last seen running: no other of it lies between that and the end before.
        if let last = isRunning.lastIndex(of: true) {
            let end = sights[..<last].lastIndex { $0.isFinal } ?? -1
            let first = ((end + 1)...last).first { isRunning[$0] } ?? last
            if tracker.runs.lastStart != sights[first].moment.wall {
                return "last start \(tracker.runs.lastStart as Any)"
            }
        } else if tracker.runs.lastStart != nil {
            return "a start, and nothing was seen running"
        }
        let shown = history.sights.last { $0.kind != .old }
        let word = shown.map { history.engine == .ml ? $0.mlReply.status : $0.faqReply(skew: 0).status }
        if tracker.status != word { return "status \(tracker.status as Any), not \(word as Any)" }
        return nil
    }
}
