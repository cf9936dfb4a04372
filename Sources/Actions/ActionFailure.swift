/// How a run failed that was started.
package enum ActionFailure: Sendable, Hashable {
    /// The platform says so.
    case failed
    /// The platform says that the last one failed, and has not shown another for a while: this one was too short to be
    /// seen.
    case failedUnseen
    /// It left the queue without having run.
    case calledOff
    /// Another one took its place before it was seen to end.
    case replaced

    func sentence(of noun: String) -> String {
        switch self {
        case .failed: "the \(noun) failed"
        case .failedUnseen: "the \(noun) failed, too soon to be seen running"
        case .calledOff: "the \(noun) left the queue without having run"
        case .replaced: "another \(noun) took its place, so nobody knows how it ended"
        }
    }
}
