import Exposition
import KoreAI
package import Model

extension TargetTracker {
    /// What is known of the target at this moment. What polling adds to it is left blank.
    package var report: TargetReport {
        var report = TargetReport(target)
        report.isBlank = isBlank
        report.lastSuccess = lastSuccess
        switch knowledge {
        case .training(let training):
            report.add(training.totals)
            guard isShown else { break }
            report.lastSuccessfulRun = training.runs.lastSuccess
            report.status = training.status?.rawValue
            report.runningSince = training.runs.open == nil ? nil : training.runs.lastStart
            report.lastChange = training.runs.lastCompletion
            report.components = training.drifts.drifts.filter(\.isTold).map {
                TargetReport.Component(name: $0.component, inSync: $0.inSync, since: $0.since)
            }
        case .export(let export):
            report.add(export.totals)
            guard isShown, let reply = export.reply else { break }
            report.status = reply.status.rawValue
            report.runningSince = health == .active ? JobReading(reply).start : nil
            report.progress = reply.progress
            report.lastChange = reply.lastModified
        case .publish(let publish):
            report.add(publish.totals)
            guard isShown, let reply = publish.reply else { break }
            report.status = reply.status.rawValue
            report.runningSince = health == .active ? JobReading(reply).start : nil
            report.progress = reply.progress
            report.lastChange = reply.lastModified
            report.lastSuccessfulRun = publish.lastSuccess
            report.failedParts = publish.last?.failedParts ?? []
        }
        return report
    }
}

extension TargetReport {
    fileprivate mutating func add(_ totals: RunTotals) {
        ended = totals.ended
        failed = totals.failed
        let count = totals.durations.count
        meanDuration = count == 0 ? nil : totals.durations.sum / Double(count)
    }
}
