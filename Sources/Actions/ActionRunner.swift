package import Curl
package import KoreAI
import Polling
import Scheduling
import Tracking

/// Does what a command asks of the platform: starts actions, waits for their ends, and fetches the files of exports.
package struct ActionRunner: Sendable {
    private let client: KoreAIClient
    private let gate: BudgetGate
    private let downloader: Downloader
    private let clock = ContinuousClock()
    private let moments = MomentClock()

    package init(client: KoreAIClient, curl: CurlClient, gate: BudgetGate) {
        self.client = client
        self.gate = gate
        downloader = Downloader(curl: curl)
    }

    /// Sees one action to its end. A task that is cancelled stops waiting, which is an outcome as well.
    ///
    /// - Parameters:
    ///   - file: Where to put the file of an export.
    ///   - patience: How long it may take in all.
    ///   - interval: Between two polls.
    ///   - tell: Gets what can be told, each time it changes.
    package func run(
        _ action: Action,
        intent: ActionIntent,
        file: String? = nil,
        patience: Duration,
        interval: Duration,
        tell: @Sendable (ActionSight) -> Void
    ) async -> ActionReport {
        let begin = clock.now
        let beganAt = Timestamp.now
        var course = ActionCourse(
            action.poll.target,
            intent: intent,
            wantsFile: file != nil,
            interval: interval,
            deadline: begin + patience,
            now: begin
        )
        var report = ActionReport(action: action, outcome: .done, end: beganAt)
        do {
            report.outcome = try await follow(&course, of: action, tell: tell)
            if let file, report.outcome == .done {
                let bytes = try await download(&course, of: action, to: file, deadline: begin + patience, tell: tell)
                switch bytes {
                case .success(let count): (report.file, report.bytes) = (file, count)
                case .failure(let error): report.outcome = .noFile(error.message)
                }
            }
        } catch {
            report.outcome = .interrupted(hasStarted: course.hasStarted)
        }
        report.end = .now
        report.start = course.startedAt.map { beganAt.adding($0 - begin) }
        report.duration = duration(of: course, outcome: report.outcome)
        tell(.ended(report.outcome))
        return report
    }

    private func duration(of course: ActionCourse, outcome: ActionOutcome) -> Duration? {
        switch outcome {
        case .done, .failed, .noFile: course.run?.duration.map { .milliseconds($0) }
        default: nil
        }
    }

    private func follow(
        _ course: inout ActionCourse,
        of action: Action,
        tell: @Sendable (ActionSight) -> Void
    ) async throws -> ActionOutcome {
        tell(course.sight)
        while true {
            switch course.step(now: clock.now) {
            case .end(let outcome):
                return outcome
            case .look(let time):
                try await clock.sleep(until: min(time, course.deadline))
                guard clock.now < course.deadline, pay(.poll, for: action, &course) else { continue }
                let result = try await look(at: action)
                course.looked(result, at: moments.now, now: clock.now)
            case .start(let time):
                try await clock.sleep(until: min(time, course.deadline))
                guard clock.now < course.deadline, pay(.command, for: action, &course) else { continue }
                tell(course.sight)
                course.started(try await start(action), now: clock.now)
            }
            tell(course.sight)
        }
    }

    private func pay(_ use: Budget.Use, for action: Action, _ course: inout ActionCourse) -> Bool {
        guard let chance = gate.take(use, of: action.poll.budget) else { return true }
        course.waitForBudget(gate.exhaustion(of: action.poll.budget), until: chance)
        return false
    }

    private func look(at action: Action) async throws -> Result<Observation, APIError> {
        let result = try await gate.settling(action.poll.budget) { try await client.poll(action.poll).result }
        return result.map(\.value)
    }

    /// - Returns: Why it was not started.
    private func start(_ action: Action) async throws -> APIError? {
        try await gate.settling(action.poll.budget) { try await client.start(action.kind, of: action.poll).result }
            .failure
    }

    /// Fetches the file, again where that fails: with a fresh link each time, as links age.
    private func download(
        _ course: inout ActionCourse,
        of action: Action,
        to file: String,
        deadline: ContinuousClock.Instant,
        tell: @Sendable (ActionSight) -> Void
    ) async throws -> Result<Int, DownloadError> {
        let fileType: ExportFileType =
            if case .export(_, let type) = action.kind { type } else { .csv }
        var link = course.export?.downloadURL
        var failure = DownloadError("the platform gives no download link for it any more")
        for attempt in 1...Downloader.mostTries {
            guard let known = link else { return .failure(failure) }
            switch try await downloader.fetch(known, to: file, as: fileType, deadline: deadline, tell: tell) {
            case .success(let bytes): return .success(bytes)
            case .failure(let error): failure = error
            }
            guard failure.isWorthAnotherTry, attempt < Downloader.mostTries, clock.now < deadline,
                gate.take(.poll, of: action.poll.budget) == nil,
                case .success(.mlExport(let reply)) = try await look(at: action)
            else { return .failure(failure) }
            link = reply.downloadURL
        }
        return .failure(failure)
    }
}
