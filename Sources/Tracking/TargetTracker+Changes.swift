import KoreAI

extension TargetTracker {
    /// What changed, in its order.
    ///
    /// - Parameters:
    ///   - known: What was known before the last reply.
    ///   - hasEnded: Whether a run or job ended with that reply, so that one that is active is another one.
    package func changes(since known: TargetTracker, hasEnded: Bool) -> [TargetChange] {
        var changes: [TargetChange] = []
        if let status = activeStatus, hasEnded || known.activeStatus == nil {
            changes.append(.began(status: status))
        }
        let (before, after) = (known.driftsSince, driftsSince)
        let began = after.keys.filter { before[$0] == nil }
        if !began.isEmpty { changes.append(.driftBegan(components: began.sorted())) }
        let ended = before.filter { after[$0.key] == nil }
        if let since = ended.values.min() {
            changes.append(.driftEnded(components: ended.keys.sorted(), since: since))
        }
        return changes
    }

    /// The status of what is queued or runs, whether or not it is too old to be shown; `nil` where nothing does.
    private var activeStatus: String? {
        switch knowledge {
        case .training(let training):
            switch training.status {
            case .queued, .inProgress: training.status?.rawValue
            case .finished, .failed, .unknown, nil: nil
            }
        case .export(let export):
            switch export.reply?.status {
            case .pending, .inProgress: export.reply?.status.rawValue
            case .success, .failed, .unknown, nil: nil
            }
        case .taken: nil
        }
    }

    /// Components that are out of sync, and since when.
    private var driftsSince: [String: Timestamp] {
        guard case .training(let training) = knowledge else { return [:] }
        return Dictionary(
            training.drifts.drifts.compactMap { drift in drift.since.map { (drift.component, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
