import Actions

/// What is shown of one action while it goes on.
struct ActionRow {
    let name: String
    /// How long such runs usually take; `nil` where nobody knows.
    let usual: Duration?
    var sight = ActionSight.looking
    /// When it was seen to begin, for the time that has passed.
    var since: ContinuousClock.Instant?

    mutating func see(_ sight: ActionSight, now: ContinuousClock.Instant) {
        self.sight = sight
        switch sight {
        case .accepted, .queued, .running: since = since ?? now
        case .looking, .waitingForOther, .starting, .awaitingFile, .downloading, .troubled, .ended: break
        }
    }

    var isEnded: Bool {
        if case .ended = sight { true } else { false }
    }

    /// How much is done, from 0 to 1: by the platform's word, or by the time that it usually takes.
    func progress(now: ContinuousClock.Instant) -> Double? {
        switch sight {
        case .running(let progress?): return progress
        case .queued, .running(nil):
            guard let since, let usual, usual > .zero else { return nil }
            return min((now - since) / usual, 0.99)
        default: return nil
        }
    }

    /// The time that has passed, and how much it usually is.
    func times(now: ContinuousClock.Instant) -> String {
        if case .downloading(let bytes, _) = sight { return ByteCount.text(bytes) }
        guard let since else { return "" }
        let passed = (now - since).forPeople
        return usual.map { "\(passed), usually \($0.forPeople)" } ?? passed
    }
}
