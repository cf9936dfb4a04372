import KoreAI
import Model
import Testing
import Tracking

@testable import App
@testable import Polling

/// An action tracker and the clock that its replies come by.
struct ActionStory {
    static let interval = Duration.seconds(10)

    private let start = ContinuousClock.now
    private(set) var elapsed = Duration.zero
    private(set) var actionTracker: ActionTracker

    init(
        _ target: Target = .training(bot: "banking", engine: .ml, language: "en", state: .configured),
        _ intent: ActionIntent = .startAndWait,
        wantsFile: Bool = false,
        timeout: Duration = .seconds(1800)
    ) {
        actionTracker = ActionTracker(
            target,
            intent: intent,
            wantsFile: wantsFile,
            interval: Self.interval,
            deadline: start + timeout,
            now: start
        )
    }

    init(intent: ActionIntent) {
        self.init(.training(bot: "banking", engine: .ml, language: "en", state: .configured), intent)
    }

    var now: ContinuousClock.Instant { start + elapsed }

    var outcome: ActionOutcome? {
        if case .end(let outcome) = actionTracker.step(now: now) { outcome } else { nil }
    }

    /// Waits for the next look, which is answered so.
    mutating func look(_ reply: Observation, sourceLocation: SourceLocation = #_sourceLocation) {
        answer(.success(reply), sourceLocation)
    }

    mutating func look(_ reason: APIError.Reason, sourceLocation: SourceLocation = #_sourceLocation) {
        answer(.failure(Self.error(reason)), sourceLocation)
    }

    private mutating func answer(_ result: Result<Observation, APIError>, _ sourceLocation: SourceLocation) {
        guard case .look(let time) = actionTracker.step(now: now) else {
            Issue.record("a look was expected, not \(actionTracker.step(now: now))", sourceLocation: sourceLocation)
            return
        }
        elapsed = max(elapsed, time - start)
        let moment = ClockReading(
            wall: Timestamp(milliseconds: 1_790_000_000_000 + Int64(elapsed / .milliseconds(1))),
            uptime: Int64(elapsed / .milliseconds(1)),
            boot: 1
        )
        actionTracker.looked(result, at: moment, now: now)
    }

    /// Waits for the start, which is accepted, or not.
    mutating func start(
        _ reason: APIError.Reason? = nil,
        id: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .start(let time) = actionTracker.step(now: now) else {
            Issue.record("a start was expected, not \(actionTracker.step(now: now))", sourceLocation: sourceLocation)
            return
        }
        elapsed = max(elapsed, time - start)
        actionTracker.started(reason.map(Self.error), id: id, now: now)
    }

    mutating func pass(_ time: Duration) {
        elapsed += time
    }

    mutating func lackBudget(for time: Duration) {
        actionTracker.waitForBudget("used up", until: now + time)
    }

    static func error(_ reason: APIError.Reason) -> APIError {
        APIError(reason: reason, code: 0, message: reason.rawValue)
    }
}

extension Observation {
    /// - Parameter inSync: Of the one flag that the reply has; `nil` where it has none.
    static func ml(_ status: TrainingStatus, _ version: Int64? = nil, inSync: Bool? = nil) -> Observation {
        let flags = inSync.map { [SyncFlag(component: "traits", inSync: $0)] } ?? []
        return .mlTraining(MLTrainingReply(status: status, syncFlags: flags, trainVersion: version))
    }

    static func faq(_ status: TrainingStatus, _ modifiedOn: Int64) -> Observation {
        .faqTraining(FAQTrainingReply(status: status, modifiedOn: Timestamp(milliseconds: modifiedOn)))
    }

    static func export(_ status: JobStatus, _ id: String? = nil, link: String? = nil) -> Observation {
        .mlExport(MLExportReply(status: status, id: id, downloadURL: link.map { .init($0) }))
    }
}
