/// What tests and the admin path tell the simulator. Bots are named by id or name; durations are real time.
extension Simulator {
    /// A training's status, as it is set.
    package enum TrainingStatus: String, Sendable, Hashable, CaseIterable, Codable {
        case queued
        case inProgress = "in_progress"
        case finished
        case failed
    }

    /// Starts a training; one that is queued or in progress goes on instead.
    ///
    /// - Parameters:
    ///   - queued: How long it waits for its turn; `nil`: not at all.
    ///   - takes: From the end of the wait; `nil`: until it is told to end.
    package func startTraining(
        _ target: Platform.TrainingTarget,
        queued: Duration? = nil,
        takes: Duration? = nil,
        outcome: Scenario.Training.Outcome = .finished
    ) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            let target = try platform.resolve(target)
            let plan = Platform.TrainingPlan(queued: queued, takes: takes, outcome: outcome)
            platform.startTraining(target, plan: plan, at: now)
        }
    }

    /// Ends the training that is queued or in progress, well.
    ///
    /// - Throws: ``ControlError`` where there is none.
    package func finishTraining(_ target: Platform.TrainingTarget) throws(ControlError) {
        try endTraining(target, succeeded: true)
    }

    /// Ends the training that is queued or in progress, badly.
    ///
    /// - Throws: ``ControlError`` where there is none.
    package func failTraining(_ target: Platform.TrainingTarget) throws(ControlError) {
        try endTraining(target, succeeded: false)
    }

    /// Brings a training to a status by what leads there: where none runs, `finished` and `failed` are a run that
    /// takes no time, and are in the log as such.
    package func setTraining(
        _ target: Platform.TrainingTarget,
        to status: TrainingStatus
    ) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            let target = try platform.resolve(target)
            platform.setTraining(target, to: status, at: now)
        }
    }

    /// Makes components change after the model was trained.
    package func drift(
        _ target: Platform.TrainingTarget,
        components: [SyncComponent] = ["sentences"]
    ) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            let target = try platform.resolve(target)
            platform.drift(components, of: target, at: now)
        }
    }

    /// Brings components back into sync without a training; `nil`: all.
    package func sync(
        _ target: Platform.TrainingTarget,
        components: [SyncComponent]? = nil
    ) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            let target = try platform.resolve(target)
            platform.sync(components ?? platform.bots[target.bot]?.components ?? [], of: target, at: now)
        }
    }

    /// Copies what is configured to what is published.
    package func publish(_ bot: String) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            platform.publish(bot: try platform.resolve(bot), at: now)
        }
    }

    /// Makes a bot one that was never trained or exported.
    package func forget(_ bot: String) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            platform.forget(bot: try platform.resolve(bot), at: now)
        }
    }

    /// Starts an export; one that is pending or in progress goes on instead.
    ///
    /// - Parameters:
    ///   - queued: How long it is pending; `nil`: not at all.
    ///   - takes: From the end of the wait; `nil`: until it is told to end.
    ///   - file: Whether a success has a download link.
    package func startExport(
        _ bot: String,
        queued: Duration? = nil,
        takes: Duration? = nil,
        outcome: Scenario.Export.Outcome = .success,
        file: Bool = true
    ) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            let plan = Platform.ExportPlan(queued: queued, takes: takes, outcome: outcome, file: file)
            platform.startExport(of: try platform.resolve(bot), plan: plan, at: now)
        }
    }

    /// Ends the export that is pending or in progress.
    ///
    /// - Throws: ``ControlError`` where there is none.
    package func finishExport(_ bot: String) throws(ControlError) {
        try endExport(bot, succeeded: true)
    }

    /// Ends the export that is pending or in progress, badly.
    ///
    /// - Throws: ``ControlError`` where there is none.
    package func failExport(_ bot: String) throws(ControlError) {
        try endExport(bot, succeeded: false)
    }

    /// What has happened so far, oldest first: the newest 100,000 events.
    package func events() -> [SimulatorEvent] {
        update { state, now in
            state.platform.advance(to: now)
            return state.platform.events
        }
    }

    /// Moves a manual clock on.
    ///
    /// - Throws: ``ControlError`` where the clock is the machine's.
    package func advance(by duration: Duration) throws(ControlError) {
        guard case .manual(let clock) = clock else {
            throw ControlError("expected a simulator with a manual clock, found the machine's clock")
        }
        clock.advance(by: duration)
    }

    private func endTraining(_ target: Platform.TrainingTarget, succeeded: Bool) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            let target = try platform.resolve(target)
            guard let record = platform.training(target), record.isRunning else {
                throw ControlError("expected a training of \(target.bot) that runs, found none; start it first")
            }
            platform.setTraining(target, to: succeeded ? .finished : .failed, at: now)
        }
    }

    private func endExport(_ bot: String, succeeded: Bool) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            let id = try platform.resolve(bot)
            guard let job = platform.bots[id]?.export, job.isRunning else {
                throw ControlError("expected an export of \(bot) that runs, found none; start it first")
            }
            if job.status == .pending { platform.beginExport(bot: id, at: now) }
            platform.endExport(bot: id, succeeded: succeeded, at: now)
        }
    }

    private func updatePlatform(
        _ change: (inout Platform, SimulatorTime) throws(ControlError) -> Void
    ) throws(ControlError) {
        try update { state, now throws(ControlError) in
            state.platform.advance(to: now)
            try change(&state.platform, now)
        }
    }
}
