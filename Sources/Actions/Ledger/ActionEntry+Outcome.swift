import Archive
import KoreAI
import Polling

extension ActionEntry {
    /// What came of it.
    mutating func take(_ outcome: StartOutcome) {
        self.outcome = outcome.word
        error = outcome.failure?.message
    }
}
