import Exposition
import Model

@testable import Tracking

/// What a tracker says happened, compared with what the replies show and with what really happened.
enum Comparison {
    static func difference(_ ended: [EndedRun], _ visible: [Visible]) -> String? {
        guard ended.count == visible.count else {
            return "\(ended.count) ended, not \(visible.count): \(ended), \(visible)"
        }
        for (run, expected) in zip(ended, visible) {
            let outcome: Visible.Outcome =
                switch run.outcome {
                case .success: .success
                case .failed: .failure
                case .unknown: .unknown
                }
            guard outcome == expected.outcome, run.duration == expected.duration, run.bound == expected.bound else {
                return "\(run), not \(expected)"
            }
            guard let duration = run.duration, let truth = expected.truth else { continue }
            if !(duration - run.bound...duration + run.bound).overlaps(truth) {
                return "\(duration) ± \(run.bound) ms, and really \(truth)"
            }
        }
        return nil
    }

    /// What must be so whatever happens.
    static func brokenInvariant(_ before: RunTotals, _ totals: RunTotals) -> String? {
        if totals.ended < before.ended || totals.failed < before.failed { return "a counter went down" }
        if totals.durations.count < before.durations.count { return "the histogram went down" }
        if totals.failed > totals.ended { return "more failures than runs" }
        if totals.durations.count > totals.ended { return "more durations than runs" }
        if !totals.durations.sum.isFinite || totals.durations.sum < before.durations.sum { return "a sum that fell" }
        return nil
    }
}
