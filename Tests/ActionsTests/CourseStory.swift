import KoreAI
import Secrets
import Testing
import Tracking

@testable import Actions

/// A course and the clock that its replies come by.
struct CourseStory {
    static let interval = Duration.seconds(10)

    private let start = ContinuousClock.now
    private(set) var elapsed = Duration.zero
    private(set) var course: ActionCourse

    init(
        _ target: Target = .training(bot: "banking", engine: .ml, language: "en", state: .configured),
        _ intent: ActionIntent = .startAndWait,
        wantsFile: Bool = false,
        patience: Duration = .seconds(1800)
    ) {
        course = ActionCourse(
            target,
            intent: intent,
            wantsFile: wantsFile,
            interval: Self.interval,
            deadline: start + patience,
            now: start
        )
    }

    init(intent: ActionIntent) {
        self.init(.training(bot: "banking", engine: .ml, language: "en", state: .configured), intent)
    }

    var now: ContinuousClock.Instant { start + elapsed }

    var outcome: ActionOutcome? {
        if case .end(let outcome) = course.step(now: now) { outcome } else { nil }
    }

    /// Waits for the next look, which is answered so.
    mutating func look(_ reply: Observation, sourceLocation: SourceLocation = #_sourceLocation) {
        answer(.success(reply), sourceLocation)
    }

    mutating func look(_ reason: APIError.Reason, sourceLocation: SourceLocation = #_sourceLocation) {
        answer(.failure(Self.error(reason)), sourceLocation)
    }

    private mutating func answer(_ result: Result<Observation, APIError>, _ sourceLocation: SourceLocation) {
        guard case .look(let time) = course.step(now: now) else {
            Issue.record("a look was expected, not \(course.step(now: now))", sourceLocation: sourceLocation)
            return
        }
        elapsed = max(elapsed, time - start)
        let moment = Moment(
            wall: Timestamp(milliseconds: 1_790_000_000_000 + Int64(elapsed / .milliseconds(1))),
            uptime: Int64(elapsed / .milliseconds(1)),
            boot: 1
        )
        course.looked(result, at: moment, now: now)
    }

    /// Waits for the start, which is accepted, or not.
    mutating func start(_ reason: APIError.Reason? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
        guard case .start(let time) = course.step(now: now) else {
            Issue.record("a start was expected, not \(course.step(now: now))", sourceLocation: sourceLocation)
            return
        }
        elapsed = max(elapsed, time - start)
        course.started(reason.map(Self.error), now: now)
    }

    mutating func pass(_ time: Duration) {
        elapsed += time
    }

    mutating func lackBudget(for time: Duration) {
        course.waitForBudget("used up", until: now + time)
    }

    static func error(_ reason: APIError.Reason) -> APIError {
        APIError(reason: reason, code: 0, message: reason.rawValue)
    }
}

extension Observation {
    static func ml(_ status: TrainingStatus, _ version: Int64? = nil) -> Observation {
        .mlTraining(MLTrainingReply(status: status, trainVersion: version))
    }

    static func faq(_ status: TrainingStatus, _ modifiedOn: Int64) -> Observation {
        .faqTraining(FAQTrainingReply(status: status, modifiedOn: Timestamp(milliseconds: modifiedOn)))
    }

    static func export(_ status: ExportStatus, _ id: String? = nil, link: String? = nil) -> Observation {
        .mlExport(MLExportReply(status: status, id: id, downloadURL: link.map { .init($0) }))
    }
}
