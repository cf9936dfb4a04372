package import KoreAI

/// A training run or an export job that ended: an entry of the history.
package struct EndedRun: Sendable, Hashable {
    package var outcome: RunOutcome
    /// `nil` where nobody saw it.
    package var start: Timestamp?
    package var end: Timestamp
    /// Milliseconds; `nil` for one that was not seen to start and end, and whose times the platform does not tell.
    package var duration: Int64?
    /// By so many milliseconds the duration may be longer or shorter: half of the time between the polls around its
    /// start and its end. 0 where the platform's own times gave it, and where the duration is not known.
    package var bound: Int64

    package init(outcome: RunOutcome, start: Timestamp?, end: Timestamp, duration: Int64?, bound: Int64) {
        self.outcome = outcome
        self.start = start
        self.end = end
        self.duration = duration
        self.bound = bound
    }
}
