import KoreAI
package import Model

/// A change of a target that the log tells, beside the runs and jobs that ended.
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

extension TargetTracker {
    /// The changes by the last reply, in their order.
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
        guard case .training(let training) = knowledge else {
            return job.flatMap { $0.status.isUnderWay ? $0.status.rawValue : nil }
        }
        return training.status.flatMap { $0.isActive ? $0.rawValue : nil }
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

extension TargetTracker {
    /// When the last good reply came, where it brought nothing but that moment since `before`: ``repeat(at:)`` makes this
    /// state of that one, so the moment is all that has to be kept.
    ///
    /// A reply after a restart of the machine is never taken for a repetition: uptimes before and after cannot be
    /// ordered, and ``repeat(at:)`` has to tell an older moment from a newer one.
    package func repetition(of before: TargetTracker) -> ClockReading? {
        guard let lastSeen, lastSeen.wall == lastSuccess, lastSeen.boot == before.lastSeen?.boot else { return nil }
        var repeated = before
        repeated.repeat(at: lastSeen)
        return repeated == self ? lastSeen : nil
    }

    /// Takes in that the last good reply came once more, unchanged. A moment that is not after that of the last reply, or of
    /// another start of the machine, is ignored: the state is newer.
    package mutating func `repeat`(at moment: ClockReading) {
        guard let lastSeen, moment.boot == lastSeen.boot, moment.uptime > lastSeen.uptime else { return }
        lastSuccess = moment.wall
        switch take() {
        case .training(var training):
            training.runs.lastSeen = moment
            knowledge = .training(training)
        case .export(var export):
            export.jobs.lastSeen = moment
            knowledge = .export(export)
        case .publish(var publish):
            publish.jobs.lastSeen = moment
            knowledge = .publish(publish)
        }
    }
}
