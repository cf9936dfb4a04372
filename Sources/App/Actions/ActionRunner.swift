package import Curl
package import KoreAI
package import Model
import Polling
import Scheduling
import Tracking

/// Carries out a command's actions: starts them, waits for their ends, and downloads the files of exports.
package struct ActionRunner: Sendable {
    private let client: KoreAIClient
    private let gate: BudgetGate
    private let downloader: Downloader
    private let clock = ContinuousClock()
    private let clocks = SystemClocks()

    package init(client: KoreAIClient, curl: CurlClient, gate: BudgetGate) {
        self.client = client
        self.gate = gate
        downloader = Downloader(curl: curl)
    }

    /// Carries one action to its end. Cancelling the task stops the wait, and gives the outcome `interrupted`.
    ///
    /// - Parameters:
    ///   - file: Where to write the file of an export; `nil` for no download.
    ///   - timeout: How long all of it may take, the download included.
    ///   - interval: The time between two polls.
    ///   - notify: Receives the action's update each time it may have changed.
    package func run(
        _ action: Action,
        intent: ActionIntent,
        file: OutputPlace? = nil,
        timeout: Duration,
        interval: Duration,
        notify: @Sendable (ActionUpdate) -> Void
    ) async -> ActionReport {
        let begin = clock.now
        let beganAt = Timestamp.now
        var actionTracker = ActionTracker(
            action.poll.target,
            intent: intent,
            wantsFile: file != nil,
            interval: interval,
            deadline: begin + timeout,
            now: begin
        )
        var report = ActionReport(action: action, outcome: .done, end: beganAt)
        do {
            report.outcome = try await follow(&actionTracker, of: action, notify: notify)
            if let file, report.outcome == .done {
                let bytes = try await download(
                    &actionTracker,
                    of: action,
                    to: file,
                    deadline: begin + timeout,
                    notify: notify
                )
                switch bytes {
                case .success(let count): (report.file, report.bytes) = (file.path, count)
                case .failure(let error): report.outcome = .noFile(error.message)
                }
            }
        } catch {
            report.outcome = .interrupted(hasStarted: actionTracker.hasStarted)
        }
        report.end = .now
        report.start = actionTracker.startedAt.map { beganAt.adding($0 - begin) }
        report.id = RunID.shown(actionTracker.id) ?? actionTracker.started?.run?.id
        report.reason = actionTracker.reason
        report.duration = duration(of: actionTracker, outcome: report.outcome)
        notify(.ended(report.outcome))
        return report
    }

    private func duration(of actionTracker: ActionTracker, outcome: ActionOutcome) -> Duration? {
        switch outcome {
        case .done, .failed, .noFile: actionTracker.started?.run?.duration.map { .milliseconds($0) }
        default: nil
        }
    }

    private func follow(
        _ actionTracker: inout ActionTracker,
        of action: Action,
        notify: @Sendable (ActionUpdate) -> Void
    ) async throws -> ActionOutcome {
        notify(actionTracker.update)
        while true {
            switch actionTracker.step(now: clock.now) {
            case .end(let outcome):
                return outcome
            case .look(let time):
                try await clock.sleep(until: min(time, actionTracker.deadline))
                guard clock.now < actionTracker.deadline, pay(.poll, .poll(action.poll), &actionTracker) else {
                    continue
                }
                let result = try await look(at: action)
                actionTracker.looked(result, at: clocks.now, now: clock.now)
            case .start(let time):
                try await clock.sleep(until: min(time, actionTracker.deadline))
                guard clock.now < actionTracker.deadline, pay(.command, action.startBudget, &actionTracker) else {
                    continue
                }
                notify(actionTracker.update)
                switch try await start(action) {
                case .success(let reply):
                    actionTracker.started(nil, id: reply.id, awaitsApproval: reply.awaitsApproval, now: clock.now)
                case .failure(let error): actionTracker.started(error, now: clock.now)
                }
            }
            notify(actionTracker.update)
        }
    }

    private func pay(_ use: Budget.Use, _ payer: BudgetGate.Payer, _ actionTracker: inout ActionTracker) -> Bool {
        guard let chance = gate.take(use, payer) else { return true }
        actionTracker.waitForBudget(gate.exhaustion(of: payer), until: chance)
        return false
    }

    private func look(at action: Action) async throws -> Result<Observation, APIError> {
        try await gate.settling(.poll(action.poll)) { try await client.poll(action.poll) }
    }

    /// - Returns: The platform's reply, or why it did not start the action.
    private func start(_ action: Action) async throws -> Result<StartReply, APIError> {
        try await gate.settling(action.startBudget) { try await client.start(action.kind, of: action.poll) }
    }

    /// Downloads the file, with a fresh link for each retry, as links expire.
    private func download(
        _ actionTracker: inout ActionTracker,
        of action: Action,
        to file: OutputPlace,
        deadline: ContinuousClock.Instant,
        notify: @Sendable (ActionUpdate) -> Void
    ) async throws -> Result<Int, DownloadError> {
        let fileType: ExportFileType =
            if case .export(_, let type) = action.kind { type } else { .csv }
        var link = actionTracker.export?.downloadURL
        var failure = DownloadError("the platform gives no download link for it any more")
        for attempt in 1...Downloader.mostTries {
            guard let known = link else { return .failure(failure) }
            switch try await downloader.fetch(known, to: file, as: fileType, deadline: deadline, notify: notify) {
            case .success(let bytes): return .success(bytes)
            case .failure(let error): failure = error
            }
            guard failure.isWorthAnotherTry, attempt < Downloader.mostTries, clock.now < deadline,
                gate.take(.poll, .poll(action.poll)) == nil,
                case .success(.mlExport(let reply)) = try await look(at: action)
            else { return .failure(failure) }
            link = reply.downloadURL
        }
        return .failure(failure)
    }
}

extension Action {
    fileprivate var startBudget: BudgetGate.Payer { .call(.bot(bot)) }
}

/// Asks the platform for the list of an account's bots, within the budgets.
package struct BotLister: Sendable {
    private let client: KoreAIClient
    private let gate: BudgetGate

    package init(client: KoreAIClient, gate: BudgetGate) {
        self.client = client
        self.gate = gate
    }

    /// - Throws: `CancellationError`.
    package func list(
        baseURL: String,
        credential: Credential,
        timeout: Duration
    ) async throws -> Result<BotList, APIError> {
        let budget = BudgetGate.Payer.call(.account(credential.name))
        let call = try await client.allBots(
            baseURL: baseURL,
            credential: credential,
            timeout: timeout,
            beforePage: { try await gate.wait(for: .command, budget) },
            afterPage: { gate.settle(budget, $0) }
        )
        await gate.report()
        return call.result.map(\.value)
    }
}
