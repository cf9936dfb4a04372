import Exposition
package import KoreAI

/// What is known of a target at one moment, for people to read.
package struct TargetSnapshot: Sendable, Hashable {
    /// Whether a component of a bot is in sync with its model.
    package struct Flag: Sendable, Hashable {
        package var component: String
        package var inSync: Bool
        /// When it was first seen out of sync; `nil` while it is in sync.
        package var since: Timestamp?
    }

    package var target: Target
    package var standing: Standing
    /// The platform's status as the `status` label has it; `nil` where nothing is known or what is known is too old.
    package var status: String?
    /// Whether the platform answers that nothing of the kind ever ran.
    package var isBlank: Bool
    package var lastSuccess: Timestamp?
    /// Since when something is running; `nil` where nothing is, or where nobody saw it begin.
    package var runningSince: Timestamp?
    /// Of the runs or jobs whose duration is known, in seconds.
    package var meanDuration: Double?
    package var ended: UInt64
    package var failed: UInt64
    /// By component, in order; none while nothing is shown.
    package var flags: [Flag] = []
    /// Of an export, from 0 to 1.
    package var progress: Double?
}

extension TargetTracker {
    package var snapshot: TargetSnapshot {
        var snapshot = TargetSnapshot(
            target: target,
            standing: standing,
            isBlank: isBlank,
            lastSuccess: lastSuccess,
            ended: 0,
            failed: 0
        )
        switch knowledge {
        case .training(let training):
            snapshot.add(training.totals)
            guard isShown else { break }
            snapshot.status = training.status?.rawValue
            snapshot.runningSince = training.runs.open == nil ? nil : training.runs.lastStart
            snapshot.flags = training.drifts.drifts.filter(\.isTold).map {
                TargetSnapshot.Flag(component: $0.component, inSync: $0.inSync, since: $0.since)
            }
        case .export(let export):
            snapshot.add(export.totals)
            guard isShown, let reply = export.reply else { break }
            snapshot.status = reply.status.rawValue
            snapshot.runningSince = standing == .active ? ExportDuration.start(of: reply) : nil
            snapshot.progress = reply.percentComplete.flatMap { $0.isNaN ? nil : min(max($0 / 100, 0), 1) }
        case .taken: break
        }
        return snapshot
    }
}

extension TargetSnapshot {
    fileprivate mutating func add(_ totals: RunTotals) {
        ended = totals.ended
        failed = totals.failed
        let count = totals.durations.count
        meanDuration = count == 0 ? nil : totals.durations.sum / Double(count)
    }
}
