import KoreAI

extension TargetTracker {
    /// Whether the reply since `before` brought nothing but another time at which the last one came, and nothing is
    /// under way.
    ///
    /// Such a state need not be kept at once. What is kept instead is `before`, the state as though the reply had not
    /// been asked for, and a restart goes on from there as with one poll less: what is shown is the same, nothing is
    /// counted twice or lost, because the times of replies decide nothing while nothing is under way, and the bound of
    /// the next duration holds, only wider by the time between the two replies. So a state must be kept often enough
    /// for that. A restart of the machine between the replies is never taken for nothing, because it would leave the
    /// wall clock alone to measure that duration.
    package func isRepetition(of before: TargetTracker) -> Bool {
        var other = before
        other.lastSuccess = lastSuccess
        switch (knowledge, before.knowledge) {
        case (.training(let training), .training(var known)):
            guard training.runs.open == nil, training.runs.lastSeen?.boot == known.runs.lastSeen?.boot else {
                return false
            }
            known.runs.lastSeen = training.runs.lastSeen
            other.knowledge = .training(known)
        case (.export(let export), .export(var known)):
            guard export.jobs.job?.open == nil, export.jobs.lastSeen?.boot == known.jobs.lastSeen?.boot else {
                return false
            }
            known.jobs.lastSeen = export.jobs.lastSeen
            other.knowledge = .export(known)
        case (.training, .export), (.export, .training), (.taken, _), (_, .taken):
            return false
        }
        return self == other
    }
}
