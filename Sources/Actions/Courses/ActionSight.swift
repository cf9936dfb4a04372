package import KoreAI

/// What can be told of an action at one moment.
package enum ActionSight: Sendable, Hashable {
    /// The state before it is being asked for.
    case looking
    /// An older one is waited for.
    case waitingForOther
    case starting
    /// It was accepted; the platform has not shown it yet.
    case accepted
    case queued
    /// - Parameter progress: From 0 to 1, where the platform tells it.
    case running(progress: Double?)
    /// It is done; its link has not come yet.
    case awaitingFile
    /// - Parameter of: The whole file, in bytes, where the server tells it.
    case downloading(bytes: Int, of: Int?)
    /// The platform gives no usable reply for the moment.
    case troubled(APIError.Reason)
    case ended(ActionOutcome)

    /// In a few words.
    package var words: String {
        switch self {
        case .looking: "asks for the state"
        case .waitingForOther: "waits for one that runs already"
        case .starting: "starts"
        case .accepted: "started"
        case .queued: "queued"
        case .running: "in progress"
        case .awaitingFile: "done; waits for the link of its file"
        case .downloading: "downloads the file"
        case .troubled(let reason): "no usable reply (\(reason.rawValue)); tries again"
        case .ended(let outcome): outcome.word.replacing("_", with: " ")
        }
    }
}
