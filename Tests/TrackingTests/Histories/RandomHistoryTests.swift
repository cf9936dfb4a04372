import Model
import Testing

@testable import Tracking

/// A model of the platform and the trackers agree on 100,000 random histories.
///
/// The model is independent of the trackers: it knows what really happened and reasons from that and from what the
/// replies show. A history on which they differ is printed with its seed.
struct RandomHistoryTests {
    /// Of each kind.
    private static let batches: Range<UInt64> = 0..<25

    @Test("ML trainings and sync flags: the tracker tells what the replies show", arguments: batches)
    func mlTrainings(batch: UInt64) {
        check(batch, histories: 2000) {
            TrainingHistory(.ml, seed: $0)
        } by: {
            TrainingJudge.disagreement($0)
        }
    }

    @Test("FAQ trainings: the tracker tells what the replies show", arguments: batches)
    func faqTrainings(batch: UInt64) {
        check(batch, histories: 1000) {
            TrainingHistory(.faq, seed: $0)
        } by: {
            TrainingJudge.disagreement($0)
        }
    }

    @Test("exports: the tracker tells what the replies show", arguments: batches)
    func exports(batch: UInt64) {
        check(batch, histories: 1000) {
            JobHistory(seed: $0)
        } by: {
            JobJudge.disagreement($0)
        }
    }

    private func check<History>(
        _ batch: UInt64,
        histories: UInt64,
        of history: (UInt64) -> History,
        by judge: (History) -> String?
    ) {
        for seed in (batch * histories)..<((batch + 1) * histories) {
            let history = history(seed)
            if let disagreement = judge(history) {
                Issue.record("seed \(seed): \(disagreement)\n\(history)")
                return
            }
        }
    }
}
