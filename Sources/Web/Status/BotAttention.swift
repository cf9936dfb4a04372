/// What of a bot needs attention, the most urgent first, in the words of the pages.
package enum BotAttention: String, Sendable, Hashable, CaseIterable {
    case failed
    case unreachable
    case drifting
    case unknown
    case active
    case fine

    var title: String {
        switch self {
        case .failed: "Failed"
        case .unreachable: "Polls fail"
        case .drifting: "Out of sync"
        case .unknown: "Unknown"
        case .active: "Running"
        case .fine: "Fine"
        }
    }
}
