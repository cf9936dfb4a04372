import Exposition
import KoreAI
import Model

@testable import Tracking

/// Plays a history to a tracker and compares.
enum TrainingJudge {
    /// - Returns: In what they differ; `nil` where they agree.
    static func disagreement(_ history: TrainingHistory) -> String? {
        let visible = VisibleRuns(history)
        var tracker = TrainingTracker(engine: history.engine)
        var shown = visible.runs[...]
        var reply = -1
        for poll in history.polls {
            let before = tracker.totals
            let ended: [EndedRun]
            switch history.engine {
            case .ml: ended = tracker.observe(poll.mlReply, at: poll.moment)
            case .faq: ended = tracker.observe(poll.faqReply(skew: history.skew), at: poll.moment)
            }
            if poll.kind != .old { reply += 1 }
            let expected = poll.kind == .old ? [] : Array(shown.prefix { $0.reply == reply })
            shown = shown.dropFirst(expected.count)
            if let difference = Comparison.difference(ended, expected) { return "at \(poll.time): \(difference)" }
            if let broken = Comparison.brokenInvariant(before, tracker.totals) { return "at \(poll.time): \(broken)" }
        }
        if tracker.totals.ended != visible.runs.count {
            return "\(tracker.totals.ended) runs, not \(visible.runs.count)"
        }
        let really = history.endedRuns
        if tracker.totals.ended > really { return "\(tracker.totals.ended) runs, and really \(really)" }
        if history.hasFlags, let difference = differenceOfDrifts(tracker, history) { return difference }
        return differenceOfGauges(tracker, history, visible)
    }

    /// Each component by itself: the values that replies told of it, one after the other, since it was last forgotten.
    private static func differenceOfDrifts(_ tracker: TrainingTracker, _ history: TrainingHistory) -> String? {
        let polls = history.polls.filter { $0.kind != .old }
        for component in TruePlatform.components {
            var told: [(moment: ClockReading, inSync: Bool)] = []
            var absences = 0
            for poll in polls {
                if let flag = poll.flags.first(where: { $0.component == component }) {
                    told.append((poll.moment, flag.inSync))
                    absences = 0
                } else if poll.mlReply.status == .finished {
                    absences += 1
                    if absences == 3 { told = [] }
                }
            }
            var drift = tracker.drifts.drifts.first { $0.component == component }
            // Whether that is right shows in the runs.
            drift?.isOutdated = false
            guard let last = told.last else {
                if drift != nil { return "\(component) is known, and no reply tells it" }
                continue
            }
            let count = zip(told, told.dropFirst()).count { $0.inSync && !$1.inSync }
            let since = told[((told.lastIndex { $0.inSync } ?? -1) + 1)...].first?.moment.wall
            let isTold = polls.last?.flags.contains { $0.component == component } ?? false
            let expected = DriftTracker.Drift(
                component: component,
                inSync: last.inSync,
                isTold: isTold,
                since: since,
                count: UInt64(count),
                absences: absences
            )
            if drift != expected { return "\(String(describing: drift)), not \(expected)" }
        }
        return nil
    }

    private static func differenceOfGauges(
        _ tracker: TrainingTracker,
        _ history: TrainingHistory,
        _ visible: VisibleRuns
    ) -> String? {
        let polls = history.polls.filter { $0.kind != .old }
        let start = visible.lastStart.map { polls[$0].moment.wall }
        if tracker.runs.lastStart != start { return "last start \(tracker.runs.lastStart as Any), not \(start as Any)" }
        let version = polls.last { $0.version != nil }?.version
        if tracker.runs.version != version { return "version \(tracker.runs.version as Any), not \(version as Any)" }
        let word = polls.last.map { history.engine == .ml ? $0.mlReply.status : $0.faqReply(skew: 0).status }
        if tracker.status != word { return "status \(tracker.status as Any), not \(word as Any)" }
        return nil
    }
}
