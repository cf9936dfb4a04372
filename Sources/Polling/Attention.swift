import Tracking

/// What of a target or a bot needs attention, the most urgent first.
package enum Attention: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// The last training or export failed.
    case failed
    /// Polls fail.
    case unreachable
    /// A component is out of sync with its model.
    case drifting
    /// Nothing is known, or nothing that is young enough.
    case unknown
    /// Something is queued or running.
    case active
    case fine

    package static func < (left: Attention, right: Attention) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Attention {
    /// - Parameter isBlank: Whether the platform says that nothing of the kind ever ran, which is no trouble.
    init(_ standing: Standing, isBlank: Bool, isFailing: Bool, isDrifting: Bool) {
        self =
            switch standing {
            case .failed: .failed
            case _ where isFailing: .unreachable
            case _ where isDrifting: .drifting
            case .unknown: isBlank ? .fine : .unknown
            case .active: .active
            case .fine: .fine
            }
    }
}
