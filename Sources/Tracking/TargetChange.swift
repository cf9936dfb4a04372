package import KoreAI

/// What a reply changed of a target that is worth telling, beside the runs and jobs that ended.
package enum TargetChange: Sendable, Hashable {
    /// A run or job was queued, or began.
    case began(status: String)
    /// Components went out of sync with their model, or were found so when the target was first seen.
    case driftBegan(components: [String])
    /// Components are in sync again.
    ///
    /// - Parameter since: When the first of them was seen out of sync.
    case driftEnded(components: [String], since: Timestamp)
}
