import Archive
package import KoreAI
import Logging
import Model
import Scheduling
import Synchronization
package import Tracking

/// Writes changes that polls bring to the log, each once.
final class PollLog: Sendable {
    private let logger: Logger
    /// Why the store failed last; `nil` while it works.
    private let storeFailure: Mutex<ArchiveError.Reason?> = Mutex(nil)

    init(logger: Logger) {
        self.logger = logger
    }

    func write(_ news: PollRecord.News, of target: Target) {
        switch news.failureChange {
        case .beganToFail(let error):
            logger.warning(
                "polls fail",
                metadata: [
                    "target": "\(target)", "reason": "\(error.reason.rawValue)", "code": "\(error.code)",
                    "error": "\(error.message)",
                ]
            )
        case .recovered:
            logger.info("polls succeed again", metadata: ["target": "\(target)"])
        case nil:
            break
        }
        for run in news.ended { write(run, of: target) }
        for change in news.changes { write(change, of: target) }
        if let action = news.action { write(action, of: target) }
        for value in news.unrecognized {
            logger.warning(
                "a value of a reply is not understood",
                metadata: ["target": "\(target)", "field": "\(value.field)", "found": "\(value.found)"]
            )
        }
    }

    private func write(_ run: EndedRun, of target: Target) {
        var metadata: Logger.Metadata = [
            "target": "\(target)", "outcome": "\(run.outcome.rawValue)", "end": "\(run.end.iso8601)",
        ]
        if let duration = run.duration {
            metadata["duration"] = "\(Duration.milliseconds(duration))"
            metadata["bound"] = "\(Duration.milliseconds(run.bound))"
        }
        if let id = run.id { metadata["id"] = "\(id)" }
        if let reason = run.reason { metadata["reason"] = "\(reason)" }
        logger.info("\(Self.noun(target)) ended", metadata: metadata)
    }

    private func write(_ action: ActionEntry, of target: Target) {
        var metadata: Logger.Metadata = [
            "target": "\(target)", "action": "\(action.action)", "cause": "\(action.cause)",
            "outcome": "\(action.outcome)",
        ]
        if let error = action.error { metadata["error"] = "\(error)" }
        logger.log(
            level: action.error == nil ? .info : .warning,
            "what the exporter started has ended",
            metadata: metadata
        )
    }

    private func write(_ change: TargetChange, of target: Target) {
        switch change {
        case .began(let status):
            logger.info("\(Self.noun(target)) began", metadata: ["target": "\(target)", "status": "\(status)"])
        case .driftBegan(let components):
            logger.info(
                "a drift began",
                metadata: ["target": "\(target)", "components": "\(components.joined(separator: ","))"]
            )
        case .driftEnded(let components, let since):
            logger.info(
                "a drift ended",
                metadata: [
                    "target": "\(target)", "components": "\(components.joined(separator: ","))",
                    "since": "\(since.iso8601)",
                ]
            )
        }
    }

    private static func noun(_ target: Target) -> String {
        switch target {
        case .training: "a training"
        case .export: "an export"
        case .publish: "a publish"
        }
    }

    func writeExpiry(_ target: Target) {
        logger.warning("values are too old to be shown", metadata: ["target": "\(target)"])
    }

    /// The platform refused requests before the configured limit was reached.
    func writeLoweredBudget(_ budget: String, to report: BudgetReport) {
        logger.warning(
            "the platform takes fewer requests than configured: polling slows down",
            metadata: ["budget": "\(budget)", "per_minute": "\(report.minuteLimit)", "per_hour": "\(report.hourLimit)"]
        )
    }

    func writeStoreFailure(_ error: ArchiveError) {
        let isNew = storeFailure.withLock { failure in
            defer { failure = error.reason }
            return failure != error.reason
        }
        guard isNew else { return }
        logger.error(
            "the store fails: polling goes on, and what it tells is shown once it is stored",
            metadata: ["reason": "\(error.reason)", "error": "\(error)"]
        )
    }

    func writeStoreRecovery() {
        let failed = storeFailure.withLock { failure in
            defer { failure = nil }
            return failure != nil
        }
        if failed { logger.notice("the store works again: nothing was lost") }
    }

    func writePurge(_ targets: Int) {
        logger.info("forgot targets that have not been configured for long", metadata: ["targets": "\(targets)"])
    }
}

/// Numbers of all targets at one moment, by their health.
package struct PollSummary: Sendable, Hashable {
    package private(set) var targets = 0
    package private(set) var failing: [APIError.Reason: Int] = [:]
    package private(set) var trainings: [Health: Int] = [:]
    package private(set) var exports: [Health: Int] = [:]
    package private(set) var publishes: [Health: Int] = [:]
    /// Components out of sync with their model.
    package private(set) var drifts = 0

    init(_ records: [PollRecord]) {
        for record in records {
            targets += 1
            if let failure = record.failure {
                failing[failure, default: 0] += 1
            }
            drifts += record.tracker.driftingComponents
            switch record.tracker.target.collector {
            case .mlTraining, .faqTraining: trainings[record.tracker.health, default: 0] += 1
            case .mlExport: exports[record.tracker.health, default: 0] += 1
            case .publish: publishes[record.tracker.health, default: 0] += 1
            }
        }
    }
}

extension PollSummary: CustomStringConvertible {
    /// One line, such as `39 targets, 3 fail (auth 3); trainings: 2 active, 1 failed; exports: 1 active; 4 drifts`.
    package var description: String {
        var parts = ["\(targets) targets"]
        if !failing.isEmpty {
            let reasons = failing.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "\($0.key.rawValue) \($0.value)" }
            parts[0] += ", \(failing.values.reduce(0, +)) fail (\(reasons.joined(separator: ", ")))"
        }
        parts.append("trainings: " + Self.counts(trainings))
        parts.append("exports: " + Self.counts(exports))
        if !publishes.isEmpty { parts.append("publishes: " + Self.counts(publishes)) }
        parts.append("\(drifts) drifts")
        return parts.joined(separator: "; ")
    }

    private static func counts(_ counts: [Health: Int]) -> String {
        let shown = [Health.active, .failed, .fine].compactMap { health in
            counts[health].map { "\($0) \(health.rawValue)" }
        }
        return shown.isEmpty ? "none" : shown.joined(separator: ", ")
    }
}
