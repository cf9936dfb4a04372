import KoreAI

/// A run that was seen queued or running and has not been seen to end.
struct OpenRun: Sendable, Hashable {
    /// When it was first seen running; `nil` while it is queued.
    var firstSeenRunning: Timestamp?
    /// When it began to run; `nil` while it is queued, and where the very first reply already showed it running.
    var start: Span?
    /// What an FAQ reply gave as `modifiedOn` when the run was first seen running.
    var platformStart: Timestamp?
}
