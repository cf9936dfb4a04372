extension TargetTracker {
    /// Whether its domain series are the same as the other's, so that nothing has to be rendered anew: after most polls
    /// only times have changed that no series shows.
    package func showsSame(as other: TargetTracker) -> Bool {
        guard isShown == other.isShown else { return false }
        switch (knowledge, other.knowledge) {
        case (.training(let training), .training(let otherTraining)): return training.showsSame(as: otherTraining)
        case (.export(let export), .export(let otherExport)): return export.showsSame(as: otherExport)
        case (.training, .export), (.export, .training), (.taken, _), (_, .taken): return false
        }
    }
}

extension TrainingTracker {
    fileprivate func showsSame(as other: TrainingTracker) -> Bool {
        status == other.status && runs.lastStart == other.runs.lastStart
            && runs.lastCompletion == other.runs.lastCompletion && runs.lastSuccess == other.runs.lastSuccess
            && totals == other.totals && drifts == other.drifts && nlpVersion == other.nlpVersion
            && trainVersion == other.trainVersion
    }
}

extension ExportTracker {
    fileprivate func showsSame(as other: ExportTracker) -> Bool {
        reply == other.reply && lastDuration == other.lastDuration && totals == other.totals
    }
}
