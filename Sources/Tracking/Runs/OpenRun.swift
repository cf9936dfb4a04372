import KoreAI

/// A run or job that was seen queued or running and has not been seen to end.
struct OpenRun: Sendable, Hashable {
    /// The last poll before it was first seen running; `nil` while it is queued, where the very first reply already
    /// showed it running, and where its start is in doubt.
    var lastSeenBefore: Moment?
    /// When it was first seen running; `nil` while it is queued.
    var firstSeenRunning: Moment?
    /// What an FAQ reply gave as `modifiedOn` when the run was first seen running.
    var platformStart: Timestamp?

    /// The polls between which it began to run.
    var start: Span? {
        guard let lastSeenBefore, let firstSeenRunning else { return nil }
        return Span(after: lastSeenBefore, until: firstSeenRunning)
    }
}
