/// A training run or an export job that ended. Times are Unix times and lengths of time are seconds.
package struct RunStatus: Sendable {
    /// As the `collector` label has it.
    package var collector: String
    package var language: String
    package var state: String
    /// `success`, `failed` or `unknown`.
    package var outcome: String
    /// `nil` where nobody saw it.
    package var start: Double?
    package var end: Double
    /// `nil` where nobody knows.
    package var duration: Double?
    /// By so much the duration may be longer or shorter; `nil` where it is not known.
    package var bound: Double?

    package init(
        collector: String,
        language: String,
        state: String,
        outcome: String,
        start: Double? = nil,
        end: Double,
        duration: Double?,
        bound: Double? = nil
    ) {
        self.collector = collector
        self.language = language
        self.state = state
        self.outcome = outcome
        self.end = end
        self.duration = duration
        self.bound = bound
        self.start = start
    }
}
