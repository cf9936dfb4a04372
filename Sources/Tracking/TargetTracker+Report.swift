import Exposition
import KoreAI
package import Model

extension TargetTracker {
    /// The report of the target, without the fields that polling fills in.
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
        case .export(let export): report.add(export.totals)
        case .publish(let publish):
            report.add(publish.totals)
            guard isShown, publish.reply != nil else { break }
            report.lastSuccessfulRun = publish.lastSuccess
            report.failedParts = publish.last?.failedParts ?? []
        }
        if isShown, let job {
            report.status = job.status.rawValue
            report.runningSince = job.status.isUnderWay ? job.start : nil
            report.progress = job.progress
            report.lastChange = job.lastModified
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
