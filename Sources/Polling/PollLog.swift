import Archive
import KoreAI
import Logging
import Scheduling
import Synchronization
import Tracking

/// What polling writes to the log: what changes, once.
final class PollLog: Sendable {
    private let logger: Logger
    /// Why the store failed last; `nil` while it works.
    private let storeFailure: Mutex<ArchiveError.Reason?> = Mutex(nil)

    init(logger: Logger) {
        self.logger = logger
    }

    func tell(_ news: PollRecord.News, of target: Target) {
        switch news.turn {
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
        for run in news.ended { tell(run, of: target) }
        for change in news.changes { tell(change, of: target) }
        for value in news.unrecognized {
            logger.warning(
                "a value of a reply is not understood",
                metadata: ["target": "\(target)", "field": "\(value.field)", "found": "\(value.found)"]
            )
        }
    }

    private func tell(_ run: EndedRun, of target: Target) {
        var metadata: Logger.Metadata = [
            "target": "\(target)", "outcome": "\(run.outcome.rawValue)", "end": "\(run.end.iso8601)",
        ]
        if let duration = run.duration {
            metadata["duration"] = "\(Duration.milliseconds(duration))"
            metadata["bound"] = "\(Duration.milliseconds(run.bound))"
        }
        logger.info("\(Self.noun(target)) ended", metadata: metadata)
    }

    private func tell(_ change: TargetChange, of target: Target) {
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
        }
    }

    func tellExpired(_ target: Target) {
        logger.warning("values are too old to be shown", metadata: ["target": "\(target)"])
    }

    /// The platform refused requests before the configured limit was reached.
    func tellLowered(_ budget: String, to report: BudgetReport) {
        logger.warning(
            "the platform takes fewer requests than configured: polling slows down",
            metadata: ["budget": "\(budget)", "per_minute": "\(report.minuteLimit)", "per_hour": "\(report.hourLimit)"]
        )
    }

    func tellStoreFailed(_ error: ArchiveError) {
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

    func tellStoreWorks() {
        let failed = storeFailure.withLock { failure in
            defer { failure = nil }
            return failure != nil
        }
        if failed { logger.notice("the store works again: nothing was lost") }
    }

    func tellPurged(_ targets: Int) {
        logger.info("forgot targets that have not been configured for long", metadata: ["targets": "\(targets)"])
    }
}
