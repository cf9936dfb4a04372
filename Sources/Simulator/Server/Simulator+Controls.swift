/// The controls for tests and the admin path. They take a bot's id or name; durations are real time.
extension Simulator {
    package enum TrainingStatus: String, Word {
        case queued
        case inProgress = "in_progress"
        case finished
        case failed
    }

    /// Starts a training that runs until a control ends it, unless one is queued or in progress, which then goes on.
    package func startTraining(_ target: Platform.TrainingTarget) throws(ControlError) {
        try startTraining(target, as: Scenario.Training())
    }

    func startTraining(_ target: Platform.TrainingTarget, as training: Scenario.Training) throws(ControlError) {
        try change(target) { platform, target, now in
            platform.startTraining(training.aimed(at: target), of: target.bot, at: now)
        }
    }

    /// Ends a queued or running training with success.
    package func finishTraining(_ target: Platform.TrainingTarget) throws(ControlError) {
        try endTraining(target, succeeded: true)
    }

    /// Ends a queued or running training with a failure.
    package func failTraining(_ target: Platform.TrainingTarget) throws(ControlError) {
        try endTraining(target, succeeded: false)
    }

    private func endTraining(_ target: Platform.TrainingTarget, succeeded: Bool) throws(ControlError) {
        try change(target) { platform, target, now throws(ControlError) in
            let name = "a training of \(target.bot)"
            try platform.end(.training(target), called: name, succeeded: succeeded, at: now)
        }
    }

    /// Brings a training to a status through the steps that lead there: where none runs, `finished` and `failed` log a
    /// run that takes no time.
    package func setTraining(_ target: Platform.TrainingTarget, to status: TrainingStatus) throws(ControlError) {
        try change(target) { platform, target, now in platform.setTraining(target, to: status, at: now) }
    }

    /// Makes components change after the model was trained.
    package func drift(_ target: Platform.TrainingTarget, components: [SyncComponent]) throws(ControlError) {
        try change(target) { platform, target, now in platform.drift(components, of: target, at: now) }
    }

    /// Starts an export, unless one is pending or in progress, which then goes on.
    ///
    /// - Parameters:
    ///   - queued: How long it is pending; `nil` for not at all.
    ///   - takes: How long it runs after that; `nil` until a control ends it.
    package func startExport(_ bot: String, queued: Duration? = nil, takes: Duration? = nil) throws(ControlError) {
        let export = Scenario.Export(queued: queued.map { .real($0) }, takes: takes.map { .real($0) })
        try change(bot) { platform, bot, now in platform.startExport(export, of: bot, at: now) }
    }

    /// Ends a pending or running export with success.
    package func finishExport(_ bot: String) throws(ControlError) {
        try endExport(bot, succeeded: true)
    }

    /// Ends a pending or running export with a failure.
    package func failExport(_ bot: String) throws(ControlError) {
        try endExport(bot, succeeded: false)
    }

    private func endExport(_ bot: String, succeeded: Bool) throws(ControlError) {
        try change(bot) { platform, id, now throws(ControlError) in
            try platform.end(.export(bot: id), called: "an export of \(bot)", succeeded: succeeded, at: now)
        }
    }

    /// Starts a publish, unless one runs or awaits approval, which then goes on.
    ///
    /// - Parameter takes: How long it runs; `nil` until a control ends it.
    package func startPublish(_ bot: String, takes: Duration? = nil) throws(ControlError) {
        let publish = Scenario.Publish(takes: takes.map { .real($0) })
        try change(bot) { platform, bot, now in platform.startPublish(publish, of: bot, at: now) }
    }

    /// Removes the bot's published version.
    package func unpublish(_ bot: String) throws(ControlError) {
        try change(bot) { platform, bot, now in platform.unpublish(bot: bot, at: now) }
    }

    /// Adds a bot to the list of bots, or removes it.
    ///
    /// - Parameter name: The new name in the list, which another bot may have too; `nil` to keep the present one.
    package func setListed(_ bot: String, _ isListed: Bool, as name: String? = nil) throws(ControlError) {
        try change(bot) { platform, bot, _ in
            platform.bots[bot]?.isListed = isListed
            if let name { platform.bots[bot]?.listedAs = name }
        }
    }

    /// Changes how the list of bots is paged.
    package func setBotList(_ list: Scenario.BotList) throws(ControlError) {
        do throws(ScenarioError) { try list.validate() } catch { throw ControlError(message: error.message) }
        update { state, _ in state.platform.botList = list }
    }

    /// What has happened so far, oldest first: the newest events, at most 100,000.
    package func events() -> [SimulatorEvent] {
        update { state, now in
            state.platform.advance(to: now)
            return state.platform.events
        }
    }

    /// Moves a manual clock forward.
    ///
    /// - Throws: ``ControlError`` where the clock is the machine's.
    package func advance(by duration: Duration) throws(ControlError) {
        guard case .manual(let clock) = clock else {
            throw ControlError(message: "expected a simulator with a manual clock, found the machine's clock")
        }
        clock.advance(by: duration)
    }

    /// Changes a bot, whose id is passed to `change`.
    func change(
        _ bot: String,
        _ change: (inout Platform, String, SimulatorTime) throws(ControlError) -> Void
    ) throws(ControlError) {
        try update { state, now throws(ControlError) in
            state.platform.advance(to: now)
            let id = try state.platform.resolve(bot)
            try change(&state.platform, id, now)
            // A run that takes no time has then ended when the control returns.
            state.platform.advance(to: now)
        }
    }

    /// Changes a training target, which is passed to `change` with its bot's id.
    func change(
        _ target: Platform.TrainingTarget,
        _ change: (inout Platform, Platform.TrainingTarget, SimulatorTime) throws(ControlError) -> Void
    ) throws(ControlError) {
        try self.change(target.bot) { platform, _, now throws(ControlError) in
            let target = try platform.resolve(target)
            try change(&platform, target, now)
        }
    }
}

/// Why the simulator could not do what a control asked for.
package struct ControlError: Error, Sendable, Hashable, CustomStringConvertible {
    package var message: String
    package var description: String { message }
}
