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
    ///   - message: What the FAQ reply says of a failure.
    package func startTraining(
        _ target: Platform.TrainingTarget,
        queued: Duration? = nil,
        takes: Duration? = nil,
        outcome: Scenario.Training.Outcome = .finished,
        message: String? = nil
    ) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            let target = try platform.resolve(target)
            let plan = Platform.TrainingPlan(queued: queued, takes: takes, outcome: outcome, message: message)
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

    /// Starts a publish; one that runs or awaits its approval goes on instead.
    ///
    /// - Parameters:
    ///   - queued: How long it waits for its turn; `nil`: not at all.
    ///   - takes: From the end of the wait; `nil`: until it is told to end.
    ///   - parts: By resource type; without `NL` the model is left out.
    ///   - failsIn: The parts that fail; `nil`: `NL` where it fails.
    ///   - trains: Whether the published version is trained after it, as the bot's ``Scenario/Bot/onTrain`` says.
    package func startPublish(
        _ bot: String,
        queued: Duration? = nil,
        takes: Duration? = nil,
        outcome: Scenario.Publish.Outcome = .success,
        parts: [String] = Scenario.Publish.documentedParts,
        failsIn: [String]? = nil,
        trains: Bool = true,
        needsApproval: Bool = false,
        awaiting: Scenario.Publish.Awaiting = .last
    ) throws(ControlError) {
        let plan = Platform.PublishPlan(
            queued: queued,
            takes: takes,
            outcome: outcome,
            parts: parts,
            failedParts: failsIn ?? (outcome == .success ? [] : ["NL"]),
            trains: trains,
            needsApproval: needsApproval,
            awaiting: awaiting
        )
        try startPublish(bot, plan: plan, comment: "")
    }

    func startPublish(_ bot: String, plan: Platform.PublishPlan, comment: String) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            platform.startPublish(of: try platform.resolve(bot), plan: plan, comment: comment, at: now)
            // One that takes no time has ended when the control returns.
            platform.advance(to: now)
        }
    }

    /// Ends the publish that is queued or in progress, well as a whole.
    ///
    /// - Throws: ``ControlError`` where there is none.
    package func finishPublish(_ bot: String, failsIn: [String] = []) throws(ControlError) {
        try endPublish(bot, succeeded: true, failsIn: failsIn)
    }

    /// Ends the publish that is queued or in progress, badly.
    ///
    /// - Throws: ``ControlError`` where there is none.
    package func failPublish(_ bot: String, in parts: [String] = ["NL"]) throws(ControlError) {
        try endPublish(bot, succeeded: false, failsIn: parts)
    }

    /// Lets the publish begin that awaits its approval.
    ///
    /// - Throws: ``ControlError`` where there is none.
    package func approvePublish(_ bot: String) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            platform.approvePublish(bot: try Self.resolveAwaited(bot, on: platform), at: now)
            platform.advance(to: now)
        }
    }

    /// Drops the publish that awaits its approval.
    ///
    /// - Throws: ``ControlError`` where there is none.
    package func rejectPublish(_ bot: String) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            platform.rejectPublish(bot: try Self.resolveAwaited(bot, on: platform), at: now)
        }
    }

    /// Takes the bot's published version away.
    package func unpublish(_ bot: String) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            platform.unpublish(bot: try platform.resolve(bot), at: now)
        }
    }

    /// Makes finished replies leave these flags out from now on, and no others.
    package func dropFlags(_ bot: String, _ components: Set<SyncComponent>) throws(ControlError) {
        try updatePlatform { platform, _ throws(ControlError) in
            platform.bots[try platform.resolve(bot)]?.droppedFlags = components
        }
    }

    /// Makes the list of bots tell of a bot or not.
    ///
    /// - Parameter name: The one it is listed under from now on, which another bot may have too; `nil`: as before.
    package func setListed(_ bot: String, _ isListed: Bool, as name: String? = nil) throws(ControlError) {
        try updatePlatform { platform, _ throws(ControlError) in
            let id = try platform.resolve(bot)
            platform.bots[id]?.isListed = isListed
            if let name { platform.bots[id]?.listedAs = name }
        }
    }

    /// Makes the list of bots be told in another way from now on.
    package func setBotList(_ list: Scenario.BotList) throws(ControlError) {
        do throws(ScenarioError) { try list.validate() } catch { throw ControlError("\(error)") }
        try updatePlatform { platform, _ throws(ControlError) in platform.botList = list }
    }

    private static func resolveAwaited(_ bot: String, on platform: Platform) throws(ControlError) -> String {
        let id = try platform.resolve(bot)
        guard platform.bots[id]?.awaitedPublish != nil else {
            throw ControlError("expected a publish of \(bot) that awaits approval, found none")
        }
        return id
    }

    private func endPublish(_ bot: String, succeeded: Bool, failsIn: [String]) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            let id = try platform.resolve(bot)
            guard let job = platform.bots[id]?.publish, job.isRunning else {
                throw ControlError("expected a publish of \(bot) that runs, found none; start it first")
            }
            if job.status == .queued { platform.beginPublish(bot: id, at: now) }
            platform.endPublish(bot: id, succeeded: succeeded, failedParts: failsIn, at: now)
        }
    }

    /// Makes a bot one that was never trained, exported or published.
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
    ///   - failedStep: What `statusLogs` tells of a failure; `nil`: nothing.
    package func startExport(
        _ bot: String,
        queued: Duration? = nil,
        takes: Duration? = nil,
        outcome: Scenario.Export.Outcome = .success,
        file: Bool = true,
        failedStep: String? = nil
    ) throws(ControlError) {
        try updatePlatform { platform, now throws(ControlError) in
            let plan = Platform.ExportPlan(
                queued: queued,
                takes: takes,
                outcome: outcome,
                file: file,
                failedStep: failedStep
            )
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

/// Why the simulator could not do what it was told.
package struct ControlError: Error, Sendable, Hashable {
    package var message: String

    package init(_ message: String) {
        self.message = message
    }
}

extension ControlError: CustomStringConvertible {
    package var description: String { message }
}
