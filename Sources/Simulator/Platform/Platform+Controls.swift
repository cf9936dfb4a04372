extension Platform {
    /// A bot's id, from its id or name.
    func resolve(_ bot: String) throws(ControlError) -> String {
        guard let id = id(of: bot) else {
            throw ControlError("expected the id or name of a bot of the scenario, found \"\(bot)\"")
        }
        return id
    }

    /// A target by its bot's id, where the bot has it.
    func resolve(_ target: TrainingTarget) throws(ControlError) -> TrainingTarget {
        var resolved = target
        resolved.bot = try resolve(target.bot)
        guard training(resolved) != nil else {
            throw ControlError(
                "expected a language and a state that \(target.bot) has, "
                    + "found \(target.language) and \(target.state.rawValue)"
            )
        }
        return resolved
    }

    /// Brings a training to a status by what leads there.
    mutating func setTraining(
        _ target: TrainingTarget,
        to status: Simulator.TrainingStatus,
        at now: SimulatorTime
    ) {
        guard let before = training(target) else { return }
        // A wait of a thousand years: until it is told to go on.
        let queued: Duration? = status == .queued ? .seconds(31_536_000_000) : nil
        if status == .queued, before.status == .inProgress {
            // There is no way back from a run to the queue but by its end.
            endTraining(target, succeeded: false, at: now)
        }
        startTraining(target, plan: TrainingPlan(queued: queued), at: now)
        guard status != .queued else { return }
        if training(target)?.status == .queued { beginTraining(target, at: now) }
        guard status != .inProgress else { return }
        endTraining(target, succeeded: status == .finished, at: now)
    }
}
